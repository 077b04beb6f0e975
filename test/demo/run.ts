// The main job from nothing to a matrix on the terminal: a real swarm, the extension in a real editor, and the same test
// on the command line. `--keep` leaves the lab and the editor open until Ctrl+C.
import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { CommandLine } from '../lab/command-line'
import { takeDown } from '../lab/down'
import { changeLab, longest } from '../lab/exclusive'
import { makeHome } from '../lab/home'
import { openLab, type Lab } from '../lab/lab'
import { readDescription } from '../lab/machines/description'
import { labPaths } from '../lab/support/paths'
import { bringUp } from '../lab/up'
import { repositoryRoot, vsixPath } from '../editor/harness/artifacts'
import { installEditor } from '../editor/harness/install'
import { startWorkbench, type Workbench } from '../editor/harness/workbench'
import { labSettings, Steps } from '../editor/ui/steps'

const begun = performance.now()
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s`
const say = (text: string) => void process.stdout.write(`${seconds()}  ${text}\n`)

/** The containers of the scenario, and where each goes. */
const containers = [
  { name: 'web', image: 'nginx:latest', host: 'tolkewitz' },
  { name: 'shell1', image: 'alpine:latest', host: 'miltitz' },
] as const

function packageExtension(): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/package.mjs'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The extension could not be packaged:\n${stderr}`)
}

/** What a person would do in the editor, up to the red and the green test. */
async function inTheEditor(workbench: Workbench, lab: Lab): Promise<void> {
  const steps = new Steps(workbench)
  await steps.openView(lab.machines.map(({ name }) => name))
  say(`the tree shows ${lab.machines.map(({ name }) => name).join(', ')}`)
  await steps.createNetwork('gnswarm')
  say('created the overlay network gnswarm through its form')
  for (const container of containers) {
    await steps.runContainer('gnswarm', container)
    say(`ran ${container.image} as ${container.name} at ${container.host}`)
  }
  await steps.networks.chooseFromMenu(['gnswarm', 'shell1'], 'Attach…')
  await workbench.terminals.waitForTitle(/shell1/)
  await workbench.terminals.type('\nping -c 1 web; wget -qO- http://web\n')
  await workbench.terminals.waitForText(/1 packets received/)
  await workbench.terminals.waitForText(/Welcome to nginx/)
  say(`attached to shell1: ping web and wget answer (${await workbench.screenshot('demo-1-attached')})`)
  say(`tested in the editor: ${await steps.testConnectivity('gnswarm')}`)
  say(`the report: ${await workbench.screenshot('demo-2-green')}`)
  const mend = await lab.machine('tolkewitz').faults.dropUdp(4789)
  say('dropped UDP 4789 at tolkewitz')
  say(`tested in the editor: ${await steps.testConnectivity('gnswarm')}`)
  say(`the report: ${await workbench.screenshot('demo-3-red')}`)
  await mend()
  say('let UDP 4789 pass again')
}

/** The same core without an editor, on twelve containers. */
async function onTheCommandLine(lab: Lab): Promise<number> {
  for (const [index, machine] of lab.machines.entries())
    for (let i = index; i < 10; i += lab.machines.length)
      await machine.run(`docker run -d --name c${i} --network gnswarm ${i % 2 === 0 ? 'alpine sleep 1h' : 'nginx'}`)
  say('ten more containers; now the same test on the command line, over SSH:')
  await using cli = await CommandLine.overSsh(lab)
  const { status, stdout, stderr } = await cli.run('test', 'gnswarm')
  process.stdout.write(`\n${stdout}${stderr}\n`)
  return status ?? 2
}

async function untilInterrupted(workbench: Workbench): Promise<void> {
  say(`the editor is open at ${workbench.page.url()} — press Ctrl+C to end`)
  await new Promise((resolve) => process.once('SIGINT', resolve))
}

async function demonstrate(lab: Lab, isKept: boolean): Promise<number> {
  const home = await makeHome(lab)
  try {
    await using workbench = await startWorkbench({ vsix: vsixPath, settings: labSettings(lab), home })
    say(`VS Code ${workbench.version} runs with the packaged extension`)
    await inTheEditor(workbench, lab)
    const status = await onTheCommandLine(lab)
    if (isKept) await untilInterrupted(workbench)
    return status
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function main(): Promise<number> {
  const isKept = process.argv.includes('--keep')
  const wasThere = (await readDescription(labPaths())) !== undefined
  try {
    say('bringing up the lab: machines with systemd, sshd and dockerd in one swarm')
    await changeLab(longest.up, (task) => bringUp({}, task))
    say('packaging the extension, installing the editor where it is missing')
    packageExtension()
    await installEditor()
    const lab = await openLab()
    await lab.cleanup()
    try {
      return await demonstrate(lab, isKept)
    } finally {
      await lab.heal()
      await lab.cleanup()
    }
  } finally {
    if (!wasThere) await changeLab(longest.down, takeDown)
  }
}

void main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 2
  },
)
