import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '../../lab/lab'
import { vsixPath } from '../harness/artifacts'
import { chooseFromMenu, readMenu } from '../harness/page/context-menu'
import { useWorkbench } from '../harness/scenario'
import { until } from '../harness/until'
import type { Workbench } from '../harness/workbench'
import { socketSettings } from './steps'

let lab: Lab
let folder: string

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  folder = await mkdtemp(join(tmpdir(), 'sn-findings-'))
  await lab.machine('tolkewitz').run('docker network create -d overlay --attachable gnswarm')
  await lab.machine('tolkewitz').run('docker run -d --name web --network gnswarm nginx')
  await lab.machine('miltitz').run('docker run -d --name shell1 --network gnswarm alpine sleep 1h')
  await lab.machine('tolkewitz').run('docker stop -t 0 web')
})

afterAll(async () => {
  await lab.cleanup()
  await rm(folder, { recursive: true, force: true })
})

describe('what is wrong, in every view', () => {
  const scenario = useWorkbench(async () => ({ vsix: vsixPath, settings: await socketSettings(lab), folder }))
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }
  const picture = (workbench: Workbench, label: string) =>
    workbench.webview.locator(`g.sn-node[aria-label^="${label}"]`).first()

  step('says that nothing is known to be wrong before anything is tested', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    await workbench.tree('Networks').waitFor(['gnswarm'], { timeout: 30_000 })
    await workbench.tree('Findings').waitForWelcome('Nothing is known to be wrong.')
  })

  step('tests from the Testing view; what fails says why', async (workbench) => {
    const { testExplorer, palette } = workbench
    await palette.run('Testing: Focus on Test Explorer View')
    await testExplorer.waitFor('gnswarm')
    await palette.run('Test: Run All Tests')
    await testExplorer.expand('gnswarm')
    await testExplorer.expand('shell1')
    await testExplorer.waitForState('→ web', 'Failed')
    await palette.run('Test Results: Focus on Test Results View')
    const message = await testExplorer.failureMessage(/web on tolkewitz is not running/)
    expect(message).toContain('Start it; its log says why it ended.')
    expect(message).toContain('The engine of tolkewitz gives its state as "exited".')
    await workbench.screenshot('f1-testing')
    await palette.run('View: Toggle Panel Visibility')
  })

  step('lists the finding with its evidence, and counts it in the badge', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    const findings = workbench.tree('Findings')
    await findings.expand(['gnswarm', 'web on tolkewitz is not running (exited)'])
    await findings.waitFor([
      'gnswarm',
      'web on tolkewitz is not running (exited)',
      'The engine of tolkewitz gives its state as "exited".',
    ])
    const badge = workbench.page.locator('.part.activitybar').getByRole('tab', { name: /Swarm Networks/ })
    await until('the badge', async () => (await badge.locator('.badge-content').innerText()) === '1')
    await workbench.screenshot('f2-findings')
  })

  step('draws it: a red link, reached and activated with the keyboard', async (workbench) => {
    const { page } = workbench
    await workbench.palette.run('Swarm: Show Topology')
    const link = picture(workbench, 'Link between miltitz and tolkewitz on gnswarm: 1 of 2 pairs fails')
    await link.locator('.sn-line.sn-fail').waitFor()
    await workbench.screenshot('f3-topology')
    await picture(workbench, 'Network gnswarm').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    const focused = workbench.webview.locator('g.sn-node:focus')
    expect(await focused.getAttribute('aria-label')).toContain('Link between')
    await page.keyboard.press('Home')
    expect(await focused.getAttribute('aria-label')).toContain('Network gnswarm')
    await picture(workbench, 'web, not running').focus()
    await page.keyboard.press('Enter')
    await workbench.tree('Networks').waitFor(['gnswarm', 'web'])
    await workbench.screenshot('f4-revealed')
    await picture(workbench, 'web, not running').click({ button: 'right' })
    expect(await readMenu(page)).toEqual(expect.arrayContaining(['Start', 'Show Logs', 'Inspect', 'Remove Container…']))
    await page.keyboard.press('Escape')
    await picture(workbench, 'web, not running').focus()
    // The picture changes under the focus, which stays where it is.
    await lab.machine('lindenau').run('docker run -d --name shell2 --network gnswarm alpine sleep 1h')
    await picture(workbench, 'shell2, running').waitFor()
    expect(await focused.getAttribute('aria-label')).toContain('web, not running')
  })

  step('has the test as a matrix: the cell that fails has what helps in its menu', async (workbench) => {
    const cell = workbench.webview.getByRole('cell', { name: /^shell1 → web: fails/ })
    await cell.scrollIntoViewIfNeeded()
    await workbench.screenshot('f4-matrix')
    await chooseFromMenu(workbench.page, 'Fix…', () => cell.click({ button: 'right' }))
    await workbench.quickInput.waitFor('Fix')
    const items = await workbench.quickInput.items()
    expect(items.map(({ label }) => label)).toContain('Start web on tolkewitz')
    await workbench.quickInput.dismiss()
  })

  step('saves it as SVG and PNG', async (workbench) => {
    const { quickInput } = workbench
    for (const [button, name] of [
      ['Export SVG', 'topology.svg'],
      ['Export PNG', 'topology.png'],
    ] as const) {
      await workbench.webview.getByRole('button', { name: button }).click()
      await quickInput.waitFor()
      await until('the suggested name', async () => (await quickInput.value()).endsWith(name))
      await quickInput.accept()
      await until(`the file ${name}`, async () => (await readFile(join(folder, name)).catch(() => [])).length > 0)
    }
    const svg = await readFile(join(folder, 'topology.svg'), 'utf8')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+"/)
    expect(svg).not.toContain('var(')
    expect((await readFile(join(folder, 'topology.png'))).subarray(1, 4).toString()).toBe('PNG')
  })

  step('follows the theme', async (workbench) => {
    const settings = await socketSettings(lab)
    await workbench.changeSettings({ ...settings, 'workbench.colorTheme': 'Default Dark Modern' })
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor()
    await workbench.screenshot('f5-topology-dark')
    await workbench.changeSettings({ ...settings, 'workbench.colorTheme': 'Default High Contrast' })
    await workbench.page.locator('.monaco-workbench.hc-black').waitFor()
    await workbench.screenshot('f6-topology-contrast')
    await workbench.changeSettings(settings)
  })

  step('mends it from the finding, tests what failed again, and shows before and after', async (workbench) => {
    const { notifications } = workbench
    await workbench.palette.run('Notifications: Clear All Notifications')
    const title = 'web on tolkewitz is not running (exited)'
    await workbench.tree('Findings').chooseFromMenu(['gnswarm', title], 'Start the Stopped Container')
    await notifications.waitFor('was started', { timeout: 30_000 })
    await notifications.press('was started', 'Test Again')
    await notifications.waitFor('2 of 2 pairs pass', { timeout: 60_000 })
    await workbench.tree('Findings').waitUntilGone(['gnswarm'])
    await workbench.webview.getByText('Before and after').first().waitFor()
    await workbench.screenshot('f7-before-after')
    // The Testing view shows what was tested elsewhere, too.
    const badge = workbench.page.locator('.part.activitybar').getByRole('tab', { name: /Testing/ })
    await until('the badge of failures to go', async () => !(await badge.locator('.badge-content').isVisible()))
    await workbench.palette.run('Swarm: Show Topology')
    await picture(workbench, 'Link between miltitz').locator('.sn-line.sn-pass').waitFor()
    await workbench.screenshot('f8-mended')
  })
})
