import { describe, expect, it } from 'vitest'
import { connectHost } from '../../../../src/app/commands/connect-host'
import { aFleet, aHost, anUnknownHost } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const miltitz = anUnknownHost('miltitz')
const fleet = aFleet([aHost('tolkewitz'), miltitz])

describe('connectHost', () => {
  it('begins with the node’s address and name', async () => {
    const world = new CommandWorld({ fleet, answers: ['accept', 'accept', { input: '' }, 'accept'] })
    await world.run(connectHost, { kind: 'host', hostId: miltitz.id })
    expect(world.named('settings.addHost').map(({ args }) => args)).toEqual([
      [{ name: 'miltitz', url: 'ssh://198.18.0.4' }],
    ])
  })

  it('writes an IPv6 address as a URL needs it', async () => {
    const v6 = { ...miltitz, address: 'fd00::4' }
    const world = new CommandWorld({
      fleet: aFleet([aHost(), v6]),
      answers: ['accept', 'accept', { input: '' }, 'accept'],
    })
    await world.run(connectHost, { kind: 'host', hostId: miltitz.id })
    expect(world.named('settings.addHost')[0]?.args).toMatchObject([{ url: 'ssh://[fd00::4]' }])
  })

  it('asks in the palette for nodes without a way in, and changes nothing when the user leaves', async () => {
    const answers = [{ pick: 'miltitz' }, 'accept', 'accept', { input: '' }, 'accept'] as const
    await expectLeavingChangesNothing(connectHost, { fleet, answers })
    const nothing = new CommandWorld({ fleet: aFleet([aHost()]) })
    await nothing.run(connectHost)
    expect(nothing.ui.said).toContain('Every node that a manager knows has a way in')
  })
})
