import { SwarmNetworksError } from '../../core/errors'
import type { EngineClient } from '../../core/ports/engine'
import type { Clock } from '../../core/ports/environment'
import type { EngineAction } from '../../core/repair/plan'

/** How long a swarm may take to know what has just been changed, and how often it is asked, in milliseconds. */
const patience = { everyMs: 1_000, withinMs: 30_000 } as const

interface Doing {
  readonly client: EngineClient
  readonly clock: Clock
}

/**
 * Does one step of a repair through an engine's API.
 *
 * @throws what the engine's client throws
 */
export async function doEngineAction(
  action: EngineAction,
  { client, clock }: Doing,
  signal: AbortSignal,
): Promise<void> {
  switch (action.kind) {
    case 'container-start':
      // A node that has just become active gets the networks of what it takes only then (seen with Docker 26.1: a second).
      return again(() => client.containers.start(action.containerId, signal), isNetworkUnknown, { clock, signal })
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
      // A swarm says "in use" until the tasks that stood for its members are gone, seconds after those have left.
      return again(() => client.networks.remove(action.network, signal), isInUse, { clock, signal })
    case 'service-force-update':
      return client.swarm.forceUpdate(action.serviceId, signal)
    case 'node-availability':
      return client.swarm.setAvailability(action.nodeId, action.availability, signal)
  }
}

const isInUse = (error: unknown): boolean => SwarmNetworksError.is(error, 'conflict')

const isNetworkUnknown = (error: unknown): boolean =>
  SwarmNetworksError.is(error, 'not-found') && /\bnetwork \S+ not found/.test(error.message)

/** Does it again while it fails as it does for a moment only; then that failure is what is thrown. */
async function again(
  act: () => Promise<void>,
  isMomentary: (error: unknown) => boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const until = clock.now() + patience.withinMs
  for (;;) {
    try {
      await act()
      return
    } catch (error) {
      if (!isMomentary(error) || clock.now() >= until) throw error
    }
    await new Promise<void>((resolve) => void clock.after(patience.everyMs, resolve))
    if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { cause: signal.reason })
  }
}
