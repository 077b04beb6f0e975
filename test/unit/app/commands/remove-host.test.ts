import { describe, expect, it } from 'vitest'
import { removeHost } from '../../../../src/app/commands/remove-host'
import { aFleet, aHost, anUnknownHost } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const hosts = [
  { name: 'tolkewitz', url: 'ssh://root@198.18.0.2' },
  { name: 'lindenau', url: 'ssh://root@198.18.0.3' },
]

describe('removeHost', () => {
  it('takes the clicked host’s entry out of the settings, after saying so', async () => {
    const world = new CommandWorld({ hosts, answers: [{ confirm: true }] })
    await world.run(removeHost, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(world.ui.confirmations[0]?.detail).toBe(
      'The entry tolkewitz (ssh://root@198.18.0.2) is taken out of swarmNetworks.hosts. Nothing happens on the host.',
    )
    expect(world.calls).toEqual([{ host: 'settings', name: 'settings.removeHost', args: ['tolkewitz'] }])
  })

  it('says where a host comes from that is not from the settings', async () => {
    const target = { ...aHost('miltitz').target!, source: 'context' as const }
    const fleet = aFleet([aHost('miltitz', { over: { target } }), anUnknownHost('lindenau')])
    const world = new CommandWorld({ fleet, hosts })
    expect(await world.failure(removeHost, { kind: 'host', hostId: 'settings:miltitz' })).toMatchObject({
      code: 'not-found',
      remedy: 'It is known from a Docker context.',
    })
    const unknown = fleet.hosts.find(({ state }) => state === 'unknown')!
    expect((await world.failure(removeHost, { kind: 'host', hostId: unknown.id })).remedy).toContain('manager')
  })

  it('asks in the palette, and changes nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(removeHost, { hosts, answers: [{ pick: 'lindenau' }, { confirm: true }] })
    const nothing = new CommandWorld()
    await nothing.run(removeHost)
    expect(nothing.ui.said).toBe('There is no host in the setting swarmNetworks.hosts.')
  })
})
