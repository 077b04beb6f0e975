import { heardPeers } from '../../core/host-checks/gossip'
import type { HostReading } from '../../core/host-checks/hosts-reading'
import type { Host } from '../../core/model/host'
import { readFirewall } from './read-firewall'
import { readOrNote, type HostCheckContext } from './host-checks'
import { readLocal } from './read-local'
import { readProbes } from './read-probes'

/** What one host says, by its engine's API, by a helper in its own network, and by its command line where there is one. */
export async function readHost(context: HostCheckContext, host: Host): Promise<HostReading | undefined> {
  const { fleet, network, clock, note } = context
  const attempt = <T>(what: string, read: (signal: AbortSignal) => Promise<T>) =>
    readOrNote(context, `${host.name} was not asked for ${what}`, read)
  const client = await attempt('anything', () => Promise.resolve(fleet.client(host.id)))
  if (client === undefined) return undefined
  const ingress = host.engine?.networks.find(({ isIngress }) => isIngress)
  const knows = host.engine?.networks.some(({ id }) => id === network.id) === true
  const [info, clockAheadMs, view, common, local, firewall, logged] = await Promise.all([
    attempt('what it is', (signal) => client.system.info(signal)),
    attempt('its clock', async (signal) => {
      const before = clock.now()
      const theirs = await client.system.clock(signal)
      // Their second began up to a second before; the middle of both is the best guess.
      return theirs === undefined ? undefined : theirs + 500 - (before + clock.now()) / 2
    }),
    knows ? attempt(network.name, (signal) => client.networks.view(network.id, signal)) : undefined,
    ingress && attempt('its peers', (signal) => client.networks.view(ingress.id, signal)),
    attempt('its own network', (signal) => readLocal(context, { host, client }, signal)),
    attempt('its firewall', (signal) => readFirewall(context, host, signal)),
    attempt('its engine’s log', (signal) => readProbes(context, host, signal)),
  ])
  if (!info) {
    note(`${host.name} did not say what it is, so it counts for nothing here.`)
    return undefined
  }
  const gossip = heardPeers([common, view])
  const names = new Map(
    [common, view].flatMap((one) => (one?.namedPeers ?? []).map((peer) => [peer.name, peer.address])),
  )
  const probes = logged && {
    seconds: logged.seconds,
    fallbacks: logged.fallbacks.map(({ name, ...rest }) => ({ ...rest, address: names.get(name) ?? '' })),
  }
  return {
    hostId: host.id,
    name: host.name,
    address: host.address,
    swarm: info.swarm,
    warnings: info.warnings,
    ...(clockAheadMs !== undefined && { clockAheadMs }),
    ...(view && { view }),
    ...(gossip && { gossip }),
    ...(local && { local }),
    ...(firewall && { firewall }),
    ...(probes && { probes }),
  }
}
