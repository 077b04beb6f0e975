import { forEachBounded } from '../../core/collections/for-each-bounded'
import { groupBy } from '../../core/collections/group-by'
import { gatewayAddresses, gatewayBridge } from '../../core/connectivity/names/gateway-addresses'
import type { GatewayAddress, NameReading } from '../../core/connectivity/names/types'
import { planPeers } from '../../core/connectivity/plan-peers'
import type { Peer } from '../../core/connectivity/types'
import { describeError } from '../../core/errors'
import { serviceSpeakers } from '../../core/fleet/join-services'
import type { FleetNetwork } from '../../core/model/network'
import { inspectedEndpoint } from '../../core/repair/network/inspected-endpoint'
import type { FleetAccess } from '../fleet-access'

const hostsAtATime = 8
const containersAtATime = 4
/** Of a host: what an inspection costs is little, and a thousand times little is much. */
const maxInspected = 100

/**
 * What a network's names should lead to: services and their tasks from a manager, aliases from the containers' own
 * inspections (a list does not have them), and the second addresses on the gateway bridges. What cannot be read is missing,
 * with the reason as a note.
 */
export async function readNames(fleet: FleetAccess, network: FleetNetwork, signal: AbortSignal): Promise<NameReading> {
  const reader = new Reader(fleet, network, signal)
  const peers = planPeers(fleet.fleet, network).filter(({ isRunning }) => isRunning)
  const byHost = [...groupBy(peers, ({ hostId }) => hostId).values()]
  const [services] = await Promise.all([
    reader.services(),
    forEachBounded(byHost, hostsAtATime, (own) => reader.host(own)),
  ])
  const { aliases, gateways, notes } = reader
  return { ...(services && { services }), aliases, gateways, notes }
}

class Reader {
  readonly aliases = new Map<string, readonly string[]>()
  readonly gateways: GatewayAddress[] = []
  readonly notes: string[] = []
  readonly #fleet: FleetAccess
  readonly #network: FleetNetwork
  readonly #signal: AbortSignal

  constructor(fleet: FleetAccess, network: FleetNetwork, signal: AbortSignal) {
    this.#fleet = fleet
    this.#network = network
    this.#signal = signal
  }

  /** Asked anew: what the fleet knows of tasks may be some seconds old. */
  async services(): Promise<NameReading['services']> {
    const { fleet } = this.#fleet
    const { scope, hostIds } = this.#network
    if (scope !== 'swarm') return undefined
    const manager = serviceSpeakers(fleet.hosts).find(({ id }) => hostIds.includes(id))
    if (manager === undefined) return undefined
    return this.#read(`${manager.name} was not asked for its services`, async (signal) => {
      const { swarm } = this.#fleet.client(manager.id)
      const [services, tasks] = await Promise.all([
        swarm.services(signal),
        swarm.tasks({ desiredStates: ['running'] }, signal),
      ])
      const byService = groupBy(tasks, ({ serviceId }) => serviceId)
      return services.map((service) => ({ ...service, tasks: byService.get(service.id) ?? [] }))
    })
  }

  async host(peers: readonly [Peer, ...Peer[]]): Promise<void> {
    const [{ host, hostId }] = peers
    // The tasks of a service have no aliases of their own.
    const own = peers.filter(({ service }) => service === undefined)
    if (own.length > maxInspected)
      this.notes.push(`Of ${own.length} containers on ${host} only ${maxInspected} were asked for their aliases.`)
    await Promise.all([
      this.#gatewaysOf(peers),
      forEachBounded(own.slice(0, maxInspected), containersAtATime, async ({ container, containerId }) => {
        const found = await this.#read(`${container} on ${host} was not asked for its aliases`, async (signal) => {
          const { raw } = await this.#fleet.client(hostId).containers.inspect(containerId, signal)
          return inspectedEndpoint(raw, this.#network.name).aliases
        })
        if (found && found.length > 0) this.aliases.set(`${hostId} ${containerId}`, found)
      }),
    ])
  }

  async #gatewaysOf(peers: readonly [Peer, ...Peer[]]): Promise<void> {
    const [{ host, hostId }] = peers
    const { driver, isInternal } = this.#network
    const bridge = this.#fleet.fleet.hosts
      .find(({ id }) => id === hostId)
      ?.engine?.networks.find(({ name }) => name === gatewayBridge)
    if (driver !== 'overlay' || isInternal || bridge === undefined) return
    const found = await this.#read(`${host} was not asked for ${gatewayBridge}`, async (signal) =>
      gatewayAddresses(await this.#fleet.client(hostId).networks.inspect(bridge.id, signal)),
    )
    for (const { container, containerId } of peers) {
      const address = found?.get(containerId)
      if (address !== undefined) this.gateways.push({ container, containerId, host, hostId, address })
    }
  }

  async #read<T>(what: string, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (this.#signal.aborted) return undefined
    try {
      // Each gets a signal of its own: many listeners on one look like a leak to Node.
      return await read(AbortSignal.any([this.#signal]))
    } catch (error) {
      this.notes.push(`${what}: ${describeError(error)}`)
      return undefined
    }
  }
}
