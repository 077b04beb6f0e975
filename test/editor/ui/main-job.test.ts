import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHome } from '../../lab/home'
import { openLab, type Lab } from '../../lab/lab'
import { vsixPath } from '../harness/artifacts'
import type { TreeRow } from '../harness/page/tree-rows'
import { useWorkbench } from '../harness/scenario'
import type { Workbench } from '../harness/workbench'
import { labSettings, Steps } from './steps'

let lab: Lab
let home: string

// Registered before the window's own hooks: the lab is ready before the window opens, and cleaned up after it closed.
beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  home = await makeHome(lab)
})

afterAll(async () => {
  await lab.heal()
  await lab.cleanup()
  await rm(home, { recursive: true, force: true })
})

describe('the main job in the editor', () => {
  const scenario = useWorkbench(() => ({ vsix: vsixPath, settings: labSettings(lab), home }))

  /** One step after the other in one window, as a person works. */
  const step = (name: string, work: (workbench: Workbench, steps: Steps) => Promise<void>) => {
    it(name, () => work(scenario.workbench, new Steps(scenario.workbench)))
  }

  step('shows every host with its role, version and address', async (workbench, steps) => {
    await steps.openView(['lindenau', 'miltitz', 'tolkewitz'])
    const manager = await steps.hosts.waitFor(['tolkewitz'])
    expect(manager.description).toMatch(/manager.*20\.10\..*198\.18\./)
    await steps.hosts.waitFor(['miltitz'], { where: ({ description }) => /worker.*26\.1\./.test(description) })
    await workbench.screenshot('1-hosts')
  })

  step(
    'creates the overlay network through the form, and refuses bad input while it is typed',
    async (workbench, steps) => {
      await workbench.palette.run('Swarm: Create Overlay Network…')
      await workbench.quickInput.waitFor('Create Overlay Network (1/6)')
      await workbench.quickInput.fill('not a name')
      await workbench.quickInput.waitForMessage(/name/i)
      await workbench.screenshot('2-create-network-refused')
      await workbench.quickInput.dismiss()
      await steps.createNetwork('gnswarm')
      await workbench.screenshot('3-network-created')
    },
  )

  step('runs web on one host and shell1 on another, and shows where they are', async (workbench, steps) => {
    await steps.runContainer('gnswarm', { name: 'web', image: 'nginx:latest', host: 'tolkewitz' })
    await steps.runContainer('gnswarm', { name: 'shell1', image: 'alpine:latest', host: 'miltitz' })
    const isAt = (host: string) => (row: TreeRow) =>
      new RegExp(`^10\\.\\d+\\.\\d+\\.\\d+ · ${host}$`).test(row.description)
    await steps.networks.waitFor(['gnswarm', 'web'], { where: isAt('tolkewitz') })
    await steps.networks.waitFor(['gnswarm', 'shell1'], { where: isAt('miltitz') })
    await steps.hosts.expand(['miltitz'])
    await steps.hosts.waitFor(['miltitz', 'shell1'])
    await workbench.screenshot('4-containers')
  })

  step('attaches to shell1: ping web and wget answer', async (workbench, steps) => {
    const { terminals } = workbench
    await steps.networks.chooseFromMenu(['gnswarm', 'shell1'], 'Attach…')
    await terminals.waitForTitle(/shell1.*miltitz/)
    await terminals.waitForText(/`exit`.*end/)
    await terminals.type('\n')
    await terminals.waitForText(/\/ #/)
    await terminals.type('ping -c 2 web\n')
    await terminals.waitForText(/2 packets transmitted, 2 packets received/)
    await terminals.type('wget -O- http://web\n')
    await terminals.waitForText(/<html>|<h1>|100%/i)
    await terminals.type('echo "grüße 漢 $((6*7))"\n')
    await terminals.waitForText('grüße 漢 42')
    // The shell's line editor takes Ctrl+C as a character: it is a signal once a command runs.
    await terminals.type('echo run$((1))ning; sleep 100\n')
    await terminals.waitForText('run1ning')
    await terminals.press('Control+c')
    await terminals.type('echo status $?\n')
    await terminals.waitForText('status 130')
    await workbench.screenshot('5-attached')
  })

  step('closing the terminal leaves the container running', async (workbench) => {
    await workbench.terminals.close(/shell1/)
    await workbench.terminals.waitUntilClosed(/shell1/)
    const state = await lab.machine('miltitz').run("docker inspect -f '{{.State.Running}}' shell1")
    expect(state.trim()).toBe('true')
  })

  step(
    'tests the connectivity of the network: green, in a message, in the tree and in the report',
    async (workbench, steps) => {
      expect(await steps.testConnectivity('gnswarm')).toMatch(/2 of 2 pairs/)
      await workbench.editors.waitForTitle(/gnswarm/)
      const report = workbench.webview.locator('body')
      await report.getByText('shell1').first().waitFor()
      await steps.networks.waitFor(['gnswarm', 'Last test'], {
        where: ({ description }) => description.includes('2 of 2'),
      })
      await workbench.screenshot('6-report-green')
    },
  )

  step('shows ten more containers as they start, and is green with twelve', async (workbench, steps) => {
    const names = Array.from({ length: 10 }, (_, i) => `c${i}`)
    const start = (name: string, i: number) =>
      lab.machines[i % lab.machines.length]!.run(`docker run -d --name ${name} --network gnswarm alpine sleep 1h`)
    await Promise.all(names.map(start))
    await steps.networks.waitFor(['gnswarm'], { where: ({ description }) => description.includes('12 containers') })
    expect(await steps.testConnectivity('gnswarm')).toMatch(/132 of 132 pairs/)
    await workbench.screenshot('7-twelve')
    const remove = (name: string, i: number) => lab.machines[i % lab.machines.length]!.run(`docker rm -f ${name}`)
    await Promise.all(names.map(remove))
    await steps.networks.waitFor(['gnswarm'], { where: ({ description }) => description.includes('· 2 containers') })
  })

  step(
    'says that a stopped target is not running, and starts it again from the context menu',
    async (workbench, steps) => {
      await steps.networks.chooseFromMenu(['gnswarm', 'web'], 'Stop')
      await steps.networks.waitFor(['gnswarm', 'web'], {
        where: ({ description }) => /not running|stopped|exited/.test(description),
      })
      expect(await steps.testConnectivity('gnswarm')).toMatch(/is not running/)
      await workbench.screenshot('8-target-not-running')
      const finding = await steps.firstFinding('gnswarm')
      expect(finding).toMatch(/web.*tolkewitz.*is not running/)
      await steps.networks.chooseFromMenu(['gnswarm', 'Last test', finding], 'Start the Stopped Container')
      await steps.networks.waitFor(['gnswarm', 'web'], { where: ({ description }) => /10\.\d+/.test(description) })
      expect(await steps.testConnectivity('gnswarm')).toMatch(/2 of 2 pairs/)
    },
  )

  step('names a data path that is blocked, and the host', async (workbench, steps) => {
    const mend = await lab.machine('tolkewitz').faults.dropUdp(4789)
    try {
      expect(await steps.testConnectivity('gnswarm')).toMatch(/tolkewitz/)
      await workbench.screenshot('9-no-path')
    } finally {
      await mend()
    }
  })

  step(
    'shows a host whose engine is stopped as unreachable, and finds it again without a click',
    async (workbench, steps) => {
      const mend = await lab.machine('lindenau').faults.stopDockerService()
      await steps.hosts.waitFor(['lindenau'], {
        where: ({ description }) => description.includes('unreachable'),
        timeout: 5_000,
      })
      await steps.hosts.waitFor(['tolkewitz'], { where: ({ description }) => description.includes('manager') })
      await workbench.screenshot('10-unreachable')
      await mend()
      await steps.hosts.waitFor(['lindenau'], {
        where: ({ description }) => description.includes('20.10'),
        timeout: 25_000,
      })
    },
  )

  step('offers nothing where it makes no sense', async (_workbench, steps) => {
    const running = await steps.networks.menu(['gnswarm', 'shell1'])
    expect(running).toContain('Stop')
    expect(running).not.toContain('Start')
    const network = await steps.networks.menu(['gnswarm'])
    expect(network).toContain('Test Connectivity…')
    expect(network).not.toContain('Attach…')
  })

  step('refuses to remove a network in use, and removes it when it is empty', async (workbench, steps) => {
    await steps.networks.chooseFromMenu(['gnswarm'], 'Remove Network…')
    await workbench.notifications.waitFor(/gnswarm.*(shell1|web)/)
    for (const name of ['web', 'shell1']) {
      await steps.networks.chooseFromMenu(['gnswarm', name], 'Remove Container…')
      expect(await workbench.dialog.waitFor(name)).toMatch(name === 'web' ? /tolkewitz/ : /miltitz/)
      await workbench.screenshot(`11-remove-${name}`)
      await workbench.dialog.press('Remove')
      await steps.networks.waitUntilGone(['gnswarm', name])
    }
    await steps.networks.chooseFromMenu(['gnswarm'], 'Remove Network…')
    await workbench.dialog.waitFor('gnswarm')
    await workbench.dialog.press('Remove')
    await steps.networks.waitUntilGone(['gnswarm'])
  })
})
