import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '../../lab/lab'
import type { Undo } from '../../lab/machines/faults'
import { makeHome } from '../../lab/home'
import { engineFaults } from '../../lab/doctor-faults'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import type { Workbench } from '../harness/workbench'

let lab: Lab
let home: string
let mend: Undo | undefined
const host = 'lindenau'
const dropIn = '/etc/systemd/system/docker.service.d/override.conf'

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  const fault = engineFaults.find(({ name }) => name === 'stale-drop-in with the command of old')!
  mend = await fault.make(lab.machine(host), lab)
  home = await makeHome(lab)
})

afterAll(async () => {
  await mend?.()
  await lab.machine(host).run('rm -rf /var/lib/swarm-networks')
  await lab.heal()
  await rm(home, { recursive: true, force: true })
})

describe('an engine that does not come up', () => {
  const scenario = useWorkbench(() => {
    const entry = { name: host, url: lab.machine(host).sshUrl('root'), identityFile: lab.description.sshKey }
    const settings = { 'swarmNetworks.hosts': [entry], 'swarmNetworks.sources.localSocket': false }
    return { vsix: vsixPath, home, settings }
  })
  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }
  let before = ''
  const finding =
    'The drop-in override.conf of docker.service starts the engine in a way that it does not know any more'

  step('is examined and repaired, in a terminal that is titled with the host', async (workbench) => {
    before = await lab.machine(host).run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)
    await workbench.activityBar.open('Swarm Networks')
    const hosts = workbench.tree('Hosts')
    await hosts.waitFor([host], { timeout: 30_000 })
    await hosts.chooseFromMenu([host], 'Examine Host')
    await hosts.expand([host])
    await hosts.waitFor([host, finding], { timeout: 30_000 })
    // The report takes the focus when it has loaded, and a menu that loses it closes.
    await workbench.webview.getByText('What was seen').first().waitFor()
    await workbench.screenshot('r1-examined')
    await hosts.chooseFromMenu([host, finding], 'Repair…')
    const question = await workbench.dialog.waitFor('Move the drop-in')
    expect(question).toContain('Restart the engine')
    await workbench.screenshot('r2-plan')
    await workbench.dialog.press('Repair')
    await workbench.terminals.waitForTitle(`Repair ${host}`)
    await workbench.terminals.waitForText('All steps are done.', { timeout: 60_000 })
    await workbench.screenshot('r3-repaired')
    await hosts.waitFor([host], { where: (row) => !row.description.includes('unreachable'), timeout: 30_000 })
  })

  step('is taken back', async (workbench) => {
    await workbench.tree('Hosts').chooseFromMenu([host], 'Undo Last Repair…')
    await workbench.dialog.waitFor('Take back')
    await workbench.dialog.press('Take Back')
    await workbench.terminals.waitForText('It was taken back.', { timeout: 30_000 })
    await workbench.screenshot('r4-undone')
    expect(await lab.machine(host).run(`stat -c '%a %u %g %Y' ${dropIn}; sha256sum ${dropIn}`)).toBe(before)
  })
})
