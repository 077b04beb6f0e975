import { describe, expect, it } from 'vitest'
import { disableHost } from '../../../../src/app/commands/disable-host'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const hosts = [
  { name: 'tolkewitz', url: 'ssh://root@198.18.0.2', identityFile: '/k' },
  { name: 'lindenau', url: 'ssh://root@198.18.0.3', isDisabled: true },
]

describe('disableHost', () => {
  it('marks the clicked host’s entry, and leaves the rest of it', async () => {
    const world = new CommandWorld({ hosts })
    await world.run(disableHost, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(world.calls).toEqual([
      { host: 'settings', name: 'settings.replaceHost', args: ['tolkewitz', { ...hosts[0], isDisabled: true }] },
    ])
    expect(world.ui.said).toContain('nothing is sent to it')
  })

  it('offers in the palette those that are enabled', async () => {
    const answers = [{ pick: 'tolkewitz' }] as const
    const world = new CommandWorld({ hosts, answers })
    await world.run(disableHost)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz'])
    await expectLeavingChangesNothing(disableHost, { hosts, answers })
    const none = new CommandWorld({ hosts: hosts.slice(1) })
    await none.run(disableHost)
    expect(none.ui.said).toContain('no enabled host')
  })
})
