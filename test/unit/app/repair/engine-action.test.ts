import { describe, expect, it } from 'vitest'
import { doEngineAction } from '../../../../src/app/repair/engine-action'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { EngineAction } from '../../../../src/core/repair/plan'
import { CommandWorld } from '../../fakes/command-world'

const spec = {
  ...{ name: 'gnswarm', subnets: [], isAttachable: true, isInternal: false, isEncrypted: false },
  ...{ mtu: 1400, labels: {} },
}

function doing(action: EngineAction, prepare: (world: CommandWorld) => void = () => undefined) {
  const world = new CommandWorld()
  prepare(world)
  const controller = new AbortController()
  const client = world.context.fleet.client('settings:tolkewitz')
  const done = doEngineAction(action, { client, clock: world.clock }, controller.signal)
  return { world, done, abort: () => controller.abort() }
}

describe('doEngineAction', () => {
  it.each<[EngineAction, string, unknown]>([
    [{ kind: 'container-start', containerId: 'c' }, 'containers.start', ['c']],
    [{ kind: 'container-restart', containerId: 'c' }, 'containers.restart', ['c']],
    [{ kind: 'container-unpause', containerId: 'c' }, 'containers.unpause', ['c']],
    [
      { kind: 'network-connect', network: 'n', containerId: 'c', aliases: ['www'], address: '10.0.1.9' },
      'networks.connect',
      ['n', { containerId: 'c', aliases: ['www'], address: '10.0.1.9' }],
    ],
    [{ kind: 'network-create', spec }, 'networks.create', [spec]],
    [{ kind: 'network-remove', network: 'n' }, 'networks.remove', ['n']],
    [{ kind: 'service-force-update', serviceId: 's' }, 'swarm.forceUpdate', ['s']],
    [{ kind: 'node-availability', nodeId: 'n', availability: 'active' }, 'swarm.setAvailability', ['n', 'active']],
  ])('does %o', async (action, name, args) => {
    const { world, done } = doing(action)
    await done
    expect(world.calls).toEqual([{ host: 'tolkewitz', name, args }])
  })

  it('disconnects, by force where it is told to', async () => {
    const { world, done } = doing({ kind: 'network-disconnect', network: 'n', container: 'web', force: true })
    await done
    expect(world.named('networks.disconnect')[0]?.args).toMatchObject(['n', { container: 'web', force: true }])
  })

  const inUse = new SwarmNetworksError('conflict', 'network n is in use by task t')

  it('waits until a swarm lets go of a network', async () => {
    const { world, done } = doing({ kind: 'network-remove', network: 'n' }, (w) =>
      w.failures.set('networks.remove', inUse),
    )
    await world.clock.advance(2_500)
    world.failures.clear()
    await world.clock.advance(1_000)
    await done
    expect(world.named('networks.remove')).toHaveLength(4)
  })

  it('starts a container again whose network has not come to its host yet', async () => {
    const { world, done } = doing({ kind: 'container-start', containerId: 'c' }, (w) =>
      w.failures.set(
        'containers.start',
        new SwarmNetworksError('not-found', 'Cannot start: network parked not found.'),
      ),
    )
    await world.clock.advance(500)
    world.failures.clear()
    await world.clock.advance(1_000)
    await done
    expect(world.named('containers.start')).toHaveLength(2)
  })

  it('does not start a container again that is not there', async () => {
    const { world, done } = doing({ kind: 'container-start', containerId: 'c' }, (w) =>
      w.failures.set('containers.start', new SwarmNetworksError('not-found', 'There is no container c.')),
    )
    await expect(done).rejects.toMatchObject({ code: 'not-found' })
    expect(world.named('containers.start')).toHaveLength(1)
  })

  it('does not wait for ever', async () => {
    const { world, done } = doing({ kind: 'network-remove', network: 'n' }, (w) =>
      w.failures.set('networks.remove', inUse),
    )
    const failed = expect(done).rejects.toBe(inUse)
    await world.clock.advance(40_000)
    await failed
  })

  it('stops waiting when it is cancelled', async () => {
    const { world, done, abort } = doing({ kind: 'network-remove', network: 'n' }, (w) =>
      w.failures.set('networks.remove', inUse),
    )
    const failed = expect(done).rejects.toMatchObject({ code: 'cancelled' })
    abort()
    await world.clock.advance(1_000)
    await failed
    expect(world.clock.pending).toBe(0)
  })

  it('does not wait where the engine refuses for another reason', async () => {
    const missing = new SwarmNetworksError('not-found', 'no such network')
    const { done } = doing({ kind: 'network-remove', network: 'n' }, (w) => w.failures.set('networks.remove', missing))
    await expect(done).rejects.toBe(missing)
  })
})
