import { describe, expect, it } from 'vitest'
import { removeNetwork } from '../../../../src/app/commands/remove-network'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import {
  aBridge,
  aContainer,
  aFleet,
  aHost,
  anId,
  anOverlay,
  aSilentHost,
  aSwarmId,
  aSwarmOfThree,
  attachedTo,
} from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const gnswarm = { kind: 'network', networkKey: aSwarmId('gnswarm') } satisfies NodeSubject

function emptyNetwork() {
  return aFleet([
    aHost('miltitz', { role: 'worker' }),
    aHost('tolkewitz', { networks: [anOverlay(), aBridge()] }),
    aSilentHost('lindenau'),
  ])
}

describe('removeNetwork', () => {
  it('removes an empty overlay through a manager, after saying what could not be checked', async () => {
    const world = new CommandWorld({ fleet: emptyNetwork(), answers: [{ confirm: true }] })
    await world.run(removeNetwork, gnswarm)
    expect(world.ui.confirmations[0]?.message).toBe('Remove the network gnswarm?')
    expect(world.ui.confirmations[0]?.detail).toContain('overlay, 10.0.1.0/24, through tolkewitz.')
    expect(world.ui.confirmations[0]?.detail).toContain('Not asked, because they cannot be reached: lindenau.')
    expect(world.calls).toEqual([{ host: 'tolkewitz', name: 'networks.remove', args: [aSwarmId('gnswarm')] }])
  })

  it('refuses a network with members, and lists them, stopped ones too', async () => {
    const web = aContainer({ attachments: [attachedTo(anOverlay(), '10.0.1.3')] })
    const db = aContainer({ name: 'db', state: 'exited', attachments: [attachedTo(anOverlay())] })
    const fleet = aFleet([
      aHost('tolkewitz', { containers: [web], networks: [anOverlay()] }),
      aHost('miltitz', { role: 'worker', containers: [db] }),
    ])
    const world = new CommandWorld({ fleet })
    expect((await world.failure(removeNetwork, gnswarm)).message).toBe(
      'The network gnswarm is in use: remove db at miltitz (not running) and web at tolkewitz first',
    )
    expect(world.changes).toEqual([])
  })

  it('refuses the engine’s own networks', async () => {
    const world = new CommandWorld({ fleet: emptyNetwork() })
    const bridge = { kind: 'network', networkKey: `settings:tolkewitz/${anId('bridge')}` } satisfies NodeSubject
    expect((await world.failure(removeNetwork, bridge)).message).toContain('engine’s own network')
  })

  it('removes a local network at its own host', async () => {
    const mine = aBridge({ name: 'mine' })
    const fleet = aFleet([aHost('tolkewitz'), aHost('miltitz', { role: 'worker', networks: [mine] })])
    const world = new CommandWorld({ fleet, answers: [{ confirm: true }] })
    await world.run(removeNetwork, {
      kind: 'network',
      networkKey: `settings:miltitz/${mine.id}`,
      hostId: 'settings:miltitz',
    })
    expect(world.calls).toEqual([{ host: 'miltitz', name: 'networks.remove', args: [mine.id] }])
  })

  it('says that no manager can be reached', async () => {
    const fleet = aFleet([aHost('miltitz', { role: 'worker', networks: [anOverlay()] }), aSilentHost('tolkewitz')])
    const world = new CommandWorld({ fleet })
    expect(await world.failure(removeNetwork, gnswarm)).toMatchObject({ code: 'not-a-manager' })
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(removeNetwork, {
      fleet: emptyNetwork(),
      answers: [{ pick: 'gnswarm' }, { confirm: true }],
    })
  })

  it('says so where none can be removed', async () => {
    const world = new CommandWorld({ fleet: aSwarmOfThree() })
    await world.run(removeNetwork)
    expect(world.ui.said).toContain('There is no network that could be removed')
  })

  it('names the host in an engine’s error', async () => {
    const world = new CommandWorld({ fleet: emptyNetwork(), answers: [{ confirm: true }] })
    world.failures.set('networks.remove', anEngineError('in use by task x'))
    expect(await world.failure(removeNetwork, gnswarm)).toMatchObject({
      host: 'tolkewitz',
      message: 'in use by task x',
    })
  })

  it('says that the network is gone, after having waited for it a moment', async () => {
    const world = new CommandWorld({ fleet: aFleet([aHost()]) })
    const failure = world.failure(removeNetwork, gnswarm)
    await world.clock.advance(5_000)
    expect(await failure).toMatchObject({ code: 'not-found' })
    expect(world.access.listeners).toBe(0)
  })
})
