import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHome } from '../../lab/home'
import { openLab, type Lab } from '../../lab/lab'
import type { Undo } from '../../lab/machines/faults'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import { until } from '../harness/until'
import type { Workbench } from '../harness/workbench'

let lab: Lab
let home: string
let mend: Undo | undefined
const silent = 'lindenau'
const well = 'miltitz'
const dropIns = '/etc/systemd/system/docker.service.d'

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  mend = await lab.machine(silent).faults.stopDockerService()
  home = await makeHome(lab)
})

afterAll(async () => {
  await lab.machine(silent).run(`rm -rf /var/lib/swarm-networks ${dropIns}; systemctl daemon-reload`)
  await mend?.()
  await lab.heal()
  await rm(home, { recursive: true, force: true })
})

describe('a host whose engine is silent', () => {
  const scenario = useWorkbench(() => {
    const entries = [silent, well].map((name) => ({
      ...{ name, url: lab.machine(name).sshUrl('root'), identityFile: lab.description.sshKey },
    }))
    const settings = { 'swarmNetworks.hosts': entries, 'swarmNetworks.sources.localSocket': false }
    return { vsix: vsixPath, home, settings }
  })
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }
  const finding = 'The engine is stopped'

  step('is offered to be examined without being asked for, as it lets us in over SSH', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    const offer = `The engine of ${silent} does not answer, but the host does over SSH.`
    await workbench.notifications.waitFor(offer, { timeout: 40_000 })
    await workbench.screenshot('x1-offered')
    await workbench.notifications.press(offer, 'Examine Host')
    const hosts = workbench.tree('Hosts')
    await hosts.expand([silent])
    await hosts.waitFor([silent, finding], { timeout: 30_000 })
    await workbench.webview.getByText('What could not be looked at').first().waitFor()
    await workbench.screenshot('x2-examined')
  })

  step('is examined beside others, in one table', async (workbench) => {
    const hosts = workbench.tree('Hosts')
    await hosts.waitFor([well], { where: (row) => row.description.includes('26.'), timeout: 30_000 })
    await hosts.selectRows([silent], [well])
    await hosts.chooseFromMenu([silent], 'Examine Host')
    const report = workbench.webview
    await report.getByRole('heading', { name: 'Examination of 2 hosts' }).waitFor()
    const rows = report.locator('table').first().locator('tr')
    // A preview fills in row after row.
    const cells = async () => [
      await rows.first().locator('th').allTextContents(),
      await rows.nth(1).locator('td').allTextContents(),
      await rows.nth(2).locator('td').allTextContents(),
    ]
    await expect.poll(cells, { timeout: 15_000 }).toEqual([
      ['Host', 'engine-stopped', 'Completeness'],
      [silent, '✗', 'all seen'],
      [well, '·', 'all seen'],
    ])
    await workbench.screenshot('x3-side-by-side')
  })

  step('has a repair that fails stand still: a shell there, and what failed again', async (workbench) => {
    const machine = lab.machine(silent)
    await machine.run(
      `mkdir -p ${dropIns}; printf '[Service]\\nExecStartPre=/bin/false\\n' >${dropIns}/fail.conf; systemctl daemon-reload`,
    )
    const { dialog, terminals, quickInput, editors } = workbench
    await workbench.tree('Hosts').click([well])
    await workbench.tree('Hosts').expand([silent])
    await workbench.tree('Hosts').chooseFromMenu([silent, finding], 'Repair…')
    await dialog.waitFor('Start the engine')
    await dialog.press('Repair')
    await terminals.waitForTitle(`Repair ${silent}`)
    await terminals.waitForText('L: leave it as it is', { timeout: 60_000 })
    expect(await terminals.text()).toMatch(/R: retry .*S: open a shell there/)
    await workbench.screenshot('x4-stands-still')
    await terminals.press('s')
    await terminals.waitForTitle(`SSH: ${silent}`)
    await terminals.waitForText(`root@${silent}`, { timeout: 20_000 })
    await terminals.type(`rm -r ${dropIns} && systemctl daemon-reload && echo mended\n`)
    await terminals.waitForText(/^mended$/m)
    await workbench.screenshot('x5-shell')
    await terminals.select(`Repair ${silent}`)
    await terminals.press('r')
    await terminals.waitForText('All steps are done.', { timeout: 60_000 })
    await terminals.press('t')
    await until('the place that is offered', async () => (await quickInput.value()).endsWith(`repair-${silent}.txt`))
    await quickInput.accept()
    await editors.waitForTitle(`repair-${silent}.txt`)
    const transcript = await editors.text()
    expect(transcript).toContain('Stopped at “Restart the engine”')
    expect(transcript).toContain('All steps are done.')
    await workbench.screenshot('x6-transcript')
  })
})
