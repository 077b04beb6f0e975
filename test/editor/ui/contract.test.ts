import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '../../lab/lab'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import { until } from '../harness/until'
import type { Workbench } from '../harness/workbench'
import { socketSettings } from './steps'

let lab: Lab
let folder: string

const file = 'app.connectivity.yaml'
const contract = `# who needs whom
must:
  - from: shell1
    to: web
    tcp: 80
    because: the page is what all this is for
  - { from: shell1, to: gateway, tcp: 80 }
mustNot:
  - { from: shell1, to: db, tcp: 80 }
`
const [line, gone, apart] = [
  'shell1 must reach web on TCP port 80',
  'shell1 must reach gateway on TCP port 80',
  'shell1 must not reach db on TCP port 80',
]
const stopped = 'web on tolkewitz is not running (exited)'

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  folder = await mkdtemp(join(tmpdir(), 'sn-contract-'))
  await writeFile(join(folder, file), contract)
  const tolkewitz = lab.machine('tolkewitz')
  for (const name of ['front', 'back']) await tolkewitz.run(`docker network create -d overlay --attachable ${name}`)
  await tolkewitz.run('docker run -d --name web --network front nginx')
  await lab.machine('lindenau').run('docker run -d --name db --network back nginx')
  await lab.machine('miltitz').run('docker run -d --name shell1 --network front alpine sleep 1h')
  await tolkewitz.run('docker stop -t 0 web')
})

afterAll(async () => {
  await lab.cleanup()
  await rm(folder, { recursive: true, force: true })
})

describe('a contract in the workspace', () => {
  const scenario = useWorkbench(async () => ({ vsix: vsixPath, settings: await socketSettings(lab), folder }))
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }

  step('has its lines in the Testing view, and an icon beside each', async ({ palette, testExplorer, editors }) => {
    await scenario.workbench.openFile(file)
    await until('the icons', async () => (await editors.testIcons('run')) === 3, { timeout: 30_000 })
    await palette.run('Testing: Focus on Test Explorer View')
    await testExplorer.expand(file)
    for (const title of [line, gone, apart]) await testExplorer.waitFor(title)
    await scenario.workbench.screenshot('k1-lines')
  })

  step('is tested as a whole: what fails, what means nobody, and what holds', async (workbench) => {
    const { palette, testExplorer } = workbench
    await workbench.editors.putCursorAt('gateway')
    await palette.run('Test: Run Tests in Current File')
    await testExplorer.waitForState(line, 'Failed')
    await testExplorer.waitForState(gone, 'Errored')
    await testExplorer.waitForState(apart, 'Passed')
    await workbench.screenshot('k2-tested')
  })

  step('has what is wrong in the Problems panel, at its line, with the diagnosis', async (workbench) => {
    const { problems } = workbench
    const problem = await problems.waitFor(stopped)
    expect(problem).toMatch(/target-not-running.*\[Ln 3, Col 5\]/s)
    expect(await problems.waitFor('No container matches gateway now')).toMatch(/matches-nothing.*\[Ln 7, Col/s)
    await workbench.screenshot('k3-problems')
  })

  step('has it in the Findings view, too, from where a click leads to the line', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    const findings = workbench.tree('Findings')
    await findings.waitFor(['front', line], { where: ({ description }) => description.startsWith(`${file}:3`) })
    await findings.waitFor([file, gone])
    await workbench.screenshot('k4-findings')
    await workbench.palette.run('View: Close Editor')
    await findings.click([file, gone])
    await workbench.editors.waitForTitle(file)
    await workbench.statusBar.waitFor('status.editor.selection', 'Ln 7, Col 5')
    await findings.chooseFromMenu([file, gone], 'Fix…')
    await workbench.quickInput.waitFor('Fix')
    await workbench.quickInput.pick('Test this line again')
    await workbench.quickInput.waitUntilClosed()
    await findings.chooseFromMenu(['front', line], 'Fix…')
    await workbench.quickInput.waitFor('Fix')
    await workbench.screenshot('k5-fix-of-line')
    const items = await workbench.quickInput.items()
    expect(items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Test this line again', expect.stringMatching(/^Start /)]),
    )
    await workbench.quickInput.dismiss()
  })

  step(
    'offers at the line what helps: the container is started, and the line tested again by itself',
    async (workbench) => {
      const { editors, problems, testExplorer, palette } = workbench
      await editors.putCursorAt('from')
      const offered = await editors.quickFixes()
      await workbench.screenshot('k5-quick-fixes')
      expect(offered).toEqual(expect.arrayContaining(['Start web on tolkewitz', 'Test this line again']))
      await editors.applyQuickFix('Start web on tolkewitz')
      await problems.waitUntilGone(stopped, 60_000)
      await palette.run('Testing: Focus on Test Explorer View')
      await testExplorer.waitForState(line, 'Passed')
      await workbench.screenshot('k6-green')
    },
  )

  step('says in a hover whom a name means, and what the last test said', async (workbench) => {
    await workbench.editors.hover('web')
    const said = await workbench.editors.hoverText(/means 1 container now/)
    expect(said).toContain('web at tolkewitz')
    expect(said).toContain('Last test: it holds')
    await workbench.screenshot('k7-hover')
  })

  step('completes keys, and names of the fleet as it is', async (workbench) => {
    const { editors, page } = workbench
    await page.keyboard.press('Escape')
    await editors.putCursorAt('gateway')
    await page.keyboard.press('End')
    await page.keyboard.type('\n- { from: ')
    const names = await editors.waitForCompletion('shell1')
    await workbench.screenshot('k8-completion')
    expect(names).toEqual(expect.arrayContaining(['web', 'db', 'shell1']))
  })
})
