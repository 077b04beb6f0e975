import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHome } from '../../lab/home'
import { openLab, type Lab } from '../../lab/lab'
import { vsixPath } from '../harness/artifacts'
import { useWorkbench } from '../harness/scenario'
import type { Workbench } from '../harness/workbench'

let lab: Lab
let home: string

/** A Docker context as `docker context create` writes it; the folder's name is a hash there, and any name does. */
async function writeContext(name: string, url: string): Promise<void> {
  const folder = join(home, '.docker/contexts/meta', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: url } } }))
}

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  home = await makeHome(lab)
  await writeContext('found', lab.machine('miltitz').description.tcpUrl!)
})

afterAll(() => rm(home, { recursive: true, force: true }))

describe('hosts in the editor', () => {
  const settings = { 'swarmNetworks.sources.localSocket': false }
  const scenario = useWorkbench(() => ({ vsix: vsixPath, settings, home }))

  const step = (name: string, work: (workbench: Workbench) => Promise<void>) => {
    it(name, () => work(scenario.workbench))
  }
  const isReady = { where: ({ description }: { readonly description: string }) => /20\.|26\./.test(description) }

  step('finds the host of a Docker context by itself', async (workbench) => {
    await workbench.activityBar.open('Swarm Networks')
    await workbench.tree('Hosts').waitFor(['miltitz'], { timeout: 30_000, ...isReady })
  })

  step(
    'lists the steps to a new host up to the one that fails, and adds it when that is corrected',
    async (workbench) => {
      const { dialog, notifications, palette, quickInput } = workbench
      const { address } = lab.machine('lindenau')
      await palette.run('Swarm: Add Host…')
      await quickInput.waitFor('Add Host (1/4)')
      await quickInput.pick('SSH')
      await quickInput.waitFor('Add Host (2/4)')
      await quickInput.fill(`nobody-rights:secret@${address}`)
      await quickInput.waitForMessage(/password/)
      await quickInput.enter(`nobody-rights@${address}`)
      await quickInput.waitFor('Add Host (3/4)')
      await quickInput.enter(lab.description.sshKey)
      await quickInput.waitFor('Add Host (4/4)')
      await quickInput.enter('lindenau')
      const failed = await dialog.waitFor('lindenau cannot be used yet')
      expect(failed).toMatch(
        /✓ Log in\s+✓ Find the engine’s socket\s+✗ Be allowed to use it\s+– Agree on an API version/,
      )
      await workbench.screenshot('hosts-1-failed-step')
      await dialog.press('Correct…')
      await quickInput.waitFor('Add Host (1/4)')
      await quickInput.accept()
      await quickInput.waitFor('Add Host (2/4)')
      expect(await quickInput.value()).toBe(`ssh://nobody-rights@${address}`)
      await quickInput.enter(`docker-user@${address}`)
      await quickInput.waitFor('Add Host (3/4)')
      await quickInput.accept()
      await quickInput.waitFor('Add Host (4/4)')
      await quickInput.accept()
      await notifications.waitFor(/lindenau was added: lindenau, engine 20\.10.*a worker of a swarm/)
      await workbench.tree('Hosts').waitFor(['lindenau'], isReady)
      await workbench.screenshot('hosts-2-added')
    },
  )

  step('edits it: the way in changes, and nothing else has to be typed again', async (workbench) => {
    const { notifications, quickInput } = workbench
    const hosts = workbench.tree('Hosts')
    await hosts.chooseFromMenu(['lindenau'], 'Edit Host…')
    await quickInput.waitFor('Edit Host (1/4)')
    await quickInput.accept()
    await quickInput.waitFor('Edit Host (2/4)')
    await quickInput.enter(`root@${lab.machine('lindenau').address}`)
    await quickInput.waitFor('Edit Host (3/4)')
    expect(await quickInput.value()).toBe(lab.description.sshKey)
    await quickInput.accept()
    await quickInput.waitFor('Edit Host (4/4)')
    await quickInput.accept()
    await notifications.waitFor(/lindenau was changed/)
    await hosts.waitFor(['lindenau'], isReady)
  })

  step('disables it and enables it again', async (workbench) => {
    const hosts = workbench.tree('Hosts')
    await hosts.chooseFromMenu(['lindenau'], 'Disable Host')
    await hosts.waitFor(['lindenau'], { where: ({ description }) => description.startsWith('disabled') })
    await workbench.screenshot('hosts-3-disabled')
    await hosts.pressInlineAction(['lindenau'], 'Enable Host')
    await hosts.waitFor(['lindenau'], isReady)
  })

  step('hides the host that was found, and shows it again', async (workbench) => {
    const { palette, quickInput } = workbench
    const hosts = workbench.tree('Hosts')
    expect(await hosts.menu(['miltitz'])).not.toContain('Edit Host…')
    await hosts.chooseFromMenu(['miltitz'], 'Hide Host')
    await hosts.waitUntilGone(['miltitz'])
    await hosts.waitFor(['lindenau'], isReady)
    await workbench.screenshot('hosts-4-hidden')
    await palette.run('Swarm: Show Hidden Hosts…')
    await quickInput.waitFor('Show Hidden Hosts')
    await quickInput.pickMany(['found'])
    await hosts.waitFor(['miltitz'], isReady)
  })

  step('removes a host from the settings', async (workbench) => {
    const hosts = workbench.tree('Hosts')
    await hosts.chooseFromMenu(['lindenau'], 'Remove Host from Settings…')
    await workbench.dialog.waitFor('Remove lindenau from the settings?')
    await workbench.dialog.press('Remove')
    await hosts.waitUntilGone(['lindenau'])
    await workbench.screenshot('hosts-5-removed')
  })
})
