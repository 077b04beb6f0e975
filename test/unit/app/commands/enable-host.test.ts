import { describe, expect, it } from 'vitest'
import { enableHost } from '../../../../src/app/commands/enable-host'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const enabled = { name: 'tolkewitz', url: 'ssh://root@198.18.0.2', identityFile: '/k' }
const hosts = [
  { ...enabled, isDisabled: true },
  { name: 'lindenau', url: 'ssh://root@198.18.0.3' },
]

describe('enableHost', () => {
  it('takes the mark out of the clicked host’s entry', async () => {
    const world = new CommandWorld({ hosts })
    await world.run(enableHost, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(world.calls).toEqual([{ host: 'settings', name: 'settings.replaceHost', args: ['tolkewitz', enabled] }])
  })

  it('offers in the palette those that are disabled', async () => {
    const answers = [{ pick: 'tolkewitz' }] as const
    const world = new CommandWorld({ hosts, answers })
    await world.run(enableHost)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz'])
    await expectLeavingChangesNothing(enableHost, { hosts, answers })
    const none = new CommandWorld({ hosts: hosts.slice(1) })
    await none.run(enableHost)
    expect(none.ui.said).toContain('no disabled host')
  })
})
