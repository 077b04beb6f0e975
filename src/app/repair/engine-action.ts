import { SwarmNetworksError } from '../../core/errors'
import type { EngineClient } from '../../core/ports/engine'
import type { Clock } from '../../core/ports/environment'
import type { EngineAction } from '../../core/repair/plan'

/** How long a swarm may take to let go of a network whose last member has just left, and how often it is asked, in milliseconds. */
const release = { everyMs: 1_000, withinMs: 30_000 } as const

/**
 * Does one step of a repair through an engine's API.
 *
 * @throws what the engine's client throws
 */
export async function doEngineAction(
  action: EngineAction,
  { client, clock }: { readonly client: EngineClient; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  switch (action.kind) {
    case 'container-start':
      return client.containers.start(action.containerId, signal)
    case 'container-restart':
      return client.containers.restart(action.containerId, signal)
    case 'container-unpause':
      return client.containers.unpause(action.containerId, signal)
    case 'network-connect': {
      const { network, containerId, aliases, address } = action
      const endpoint = { containerId, aliases, ...(address !== undefined && { address }) }
      return client.networks.connect(network, endpoint, signal)
    }
    case 'network-disconnect':
      return client.networks.disconnect(action.network, action, signal)
    case 'network-create':
      await client.networks.create(action.spec, signal)
      return
    case 'network-remove':
      return removeWhenReleased(action.network, { client, clock }, signal)
    case 'service-force-update':
      return client.swarm.forceUpdate(action.serviceId, signal)
    case 'node-availability':
      return client.swarm.setAvailability(action.nodeId, action.availability, signal)
  }
}

/** A swarm says "in use" until the tasks that stood for its members are gone, seconds after those have left. */
async function removeWhenReleased(
  network: string,
  { client, clock }: { readonly client: EngineClient; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const until = clock.now() + release.withinMs
  for (;;) {
    try {
      await client.networks.remove(network, signal)
      return
    } catch (error) {
      if (!SwarmNetworksError.is(error, 'conflict') || clock.now() >= until) throw error
    }
    await new Promise<void>((resolve) => void clock.after(release.everyMs, resolve))
    if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { cause: signal.reason })
  }
}
