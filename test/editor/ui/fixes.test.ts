import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '../../lab/lab'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import type { Workbench } from '../harness/workbench'
import { socketSettings, Steps } from './steps'

let lab: Lab
let folder: string

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  folder = await mkdtemp(join(tmpdir(), 'sn-fixes-'))
  await lab.machine('tolkewitz').run('docker network create -d overlay --attachable gnswarm')
  await lab.machine('tolkewitz').run('docker run -d --name web --network gnswarm nginx')
  await lab.machine('miltitz').run('docker run -d --name shell1 --network gnswarm alpine sleep 1h')
  await lab.machine('tolkewitz').run('docker stop -t 0 web')
})

afterAll(async () => {
  await lab.cleanup()
  await rm(folder, { recursive: true, force: true })
})

describe('fixes, from wherever one sees what is wrong', () => {
  const scenario = useWorkbench(async () => ({ vsix: vsixPath, settings: await socketSettings(lab), folder }))
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }

  step('are offered on the network’s row once its test has left a finding', async (workbench) => {
    const steps = new Steps(workbench)
    await steps.openView(['tolkewitz', 'miltitz'])
    await steps.networks.waitFor(['gnswarm'], { timeout: 30_000 })
    expect(await steps.networks.menu(['gnswarm'])).not.toContain('Fix…')
    expect(await steps.testConnectivity('gnswarm')).toContain('web on tolkewitz is not running')
    const { quickInput, notifications } = workbench
    await steps.networks.chooseFromMenu(['gnswarm'], 'Fix…')
    await quickInput.waitFor('Fix')
    await workbench.screenshot('x1-fix-from-network')
    await quickInput.pick('Start web on tolkewitz')
    await notifications.waitFor('was started', { timeout: 30_000 })
    await notifications.press('was started', 'Test Again')
    await notifications.waitFor('2 of 2 pairs pass', { timeout: 60_000 })
  })

  step('are offered on what a failed test says in the Testing view', async (workbench) => {
    const { testExplorer, palette, quickInput, notifications } = workbench
    await lab.machine('tolkewitz').run('docker pause web')
    // What the fleet does not know yet is not what the test finds.
    const networks = workbench.tree('Networks')
    await networks.expand(['gnswarm'])
    await networks.waitFor(['gnswarm', 'web'], { where: ({ description }) => description.includes('paused') })
    await palette.run('Notifications: Clear All Notifications')
    await palette.run('Testing: Focus on Test Explorer View')
    await testExplorer.waitFor('gnswarm')
    await palette.run('Test: Run All Tests')
    await testExplorer.expand('gnswarm')
    await testExplorer.expand('shell1')
    await testExplorer.waitForState('→ web', 'Failed')
    await palette.run('Test Results: Focus on Test Results View')
    await testExplorer.failureMessage(/web on tolkewitz is paused/)
    await testExplorer.chooseFromFailure(/web on tolkewitz is paused/, 'Fix…')
    await quickInput.waitFor('Fix')
    await workbench.screenshot('x2-fix-from-test')
    await quickInput.pick('Unpause web on tolkewitz')
    await notifications.waitFor('was started', { timeout: 30_000 })
    await notifications.press('was started', 'Test Again')
    await notifications.waitFor('2 of 2 pairs pass', { timeout: 60_000 })
    await testExplorer.waitForState('→ web', 'Passed')
    await palette.run('View: Toggle Panel Visibility')
  })

  step('come after a look at the hosts, whether or not anything failed', async (workbench) => {
    const { notifications, palette } = workbench
    await workbench.activityBar.open('Swarm Networks')
    await palette.run('Notifications: Clear All Notifications')
    await workbench.tree('Networks').chooseFromMenu(['gnswarm'], 'Check Hosts…')
    await notifications.waitFor(/^gnswarm: 3 hosts: \d+ checks well, 0 failed/, { timeout: 60_000 })
    await workbench.webview.getByText('Hosts of gnswarm').first().waitFor()
    await workbench.webview.getByRole('columnheader', { name: 'Data path' }).waitFor()
    await workbench.screenshot('x3-check-hosts')
  })
})
