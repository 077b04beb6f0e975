import { groupBy } from '../../collections/group-by'
import type { Container } from '../../model/container'
import type { Fleet } from '../../model/fleet'
import type { FleetNetwork } from '../../model/network'
import { parseAddress } from '../ip-address'
import { exposedTcpPorts } from '../probe-ports'
import { askableName } from '../probe-target'
import type { Peer } from '../types'
import type { FurtherName, MeantAddress, NameReading, PlannedName } from './types'

/** What is asked about one service from each container is bounded, as is what is asked from one container. */
const maxPorts = 4
export const maxNamesPerSource = 64

export interface NamesPlan {
  readonly names: readonly PlannedName[]
  /** Names beyond the bound, each once. */
  readonly omitted: readonly string[]
}

/** What the plan is made of. */
export interface NamesInput {
  readonly fleet: Fleet
  readonly network: FleetNetwork
  /** The network's containers. */
  readonly members: readonly Peer[]
  /** Whether every host that may have members answers. */
  readonly isWhole: boolean
  readonly reading: NameReading
}

/**
 * The names of a network besides those of its containers, and who asks for them: services from every container, because
 * what stands behind their own addresses is each container's host's affair; aliases and full names from one container of
 * each host, because all containers of a host are answered from the same table.
 */
export function planNames(input: NamesInput): NamesPlan {
  const sources = input.members.filter(({ isRunning }) => isRunning)
  const book = new NameBook(input)
  const services = book.services()
  // A single container has nobody to call by further names.
  const others = sources.length > 1 ? book.others() : []
  const first = new Set([...groupBy(sources, ({ hostId }) => hostId).values()].map(representativeOf))
  const wanted = sources.map((from) => (first.has(from) ? [...services, ...others] : services))
  const omitted = new Set(wanted.flatMap((targets) => targets.slice(maxNamesPerSource).map(({ name }) => name)))
  return {
    names: sources.flatMap((from, i) =>
      (wanted[i] ?? []).slice(0, maxNamesPerSource).map((target) => ({ from, target: asSeenBy(from, target) })),
    ),
    omitted: [...omitted],
  }
}

/** A container on its own rather than a task: it stays, and somebody may have written into its `/etc/hosts`. */
function representativeOf(peers: readonly [Peer, ...Peer[]]): Peer {
  return peers.find(({ service }) => service === undefined) ?? peers[0]
}

/** A task that connects to its own service may be sent to itself, which proves nothing and fails on some kernels. */
function asSeenBy({ service }: Peer, target: FurtherName): FurtherName {
  return service !== undefined && service === target.service ? { ...target, isOwn: true } : target
}

/** A name before it is known what it stands for. */
type Draft = Omit<FurtherName, 'meant'>
type NameService = Pick<NonNullable<NameReading['services']>[number], 'id' | 'name' | 'tasks'> &
  Partial<NonNullable<NameReading['services']>[number]>

/** All names of a network and the addresses that each stands for; a name may be given to several. */
class NameBook {
  readonly #input: NamesInput
  readonly #services: readonly NameService[]
  readonly #meant = new Map<string, MeantAddress[]>()
  readonly #containers: ReadonlyMap<string, Container>

  constructor(input: NamesInput) {
    this.#input = input
    const { fleet, members, reading } = input
    this.#containers = new Map(
      fleet.hosts.flatMap(({ id, engine }) => (engine?.containers ?? []).map((c) => [`${id} ${c.id}`, c] as const)),
    )
    this.#services = reading.services?.filter((service) => this.#isOn(service)) ?? this.#servicesOfMembers()
    for (const peer of members) {
      const own = this.#addressesOf(peer)
      for (const name of [peer.container, ...this.#aliasesOf(peer)]) this.#add(name, own)
    }
    for (const service of this.#services) {
      const tasks = this.#tasksOf(service)
      const own = this.#virtualOf(service) ?? tasks
      for (const name of [service.name, ...aliasesOn(service, input.network)]) this.#add(name, own)
      for (const name of [service.name, ...aliasesOn(service, input.network)]) this.#add(`tasks.${name}`, tasks)
    }
  }

  services(): readonly FurtherName[] {
    return this.#services.flatMap((service) => {
      const { name, endpointMode, mode, replicas, ports = [] } = service
      const virtual = this.#virtualOf(service)?.[0]?.address
      const isWhole = this.#input.isWhole || this.#input.reading.services !== undefined
      const common = { standsFor: `service ${name}`, service: name, ...(endpointMode && { endpointMode }) }
      const ofService: Draft = {
        ...{ ...common, name, form: 'service', ports: this.#portsOf(service) },
        isWhole: isWhole && (virtual !== undefined || endpointMode === 'dnsrr'),
        ...(virtual !== undefined && { virtualAddress: virtual }),
        ...(mode === 'replicated' && replicas !== undefined && { replicas }),
        ...(ports.some(({ publishMode }) => publishMode === 'ingress') && { isPublished: true }),
      }
      const ofTasks: Draft = { ...common, name: `tasks.${name}`, form: 'tasks', isWhole, ports: [] }
      return [ofService, ofTasks].flatMap((draft) => this.#further(draft))
    })
  }

  others(): readonly FurtherName[] {
    const { members, network, isWhole } = this.#input
    const known = new Set([...members.map(({ container }) => container), ...this.#services.map(({ name }) => name)])
    const aliases = new Map<string, Set<string>>()
    const note = (alias: string, owner: string) => {
      if (!known.has(alias)) aliases.set(alias, (aliases.get(alias) ?? new Set()).add(owner))
    }
    for (const peer of members.filter(({ isRunning }) => isRunning))
      for (const alias of this.#aliasesOf(peer)) note(alias, `${peer.container} on ${peer.host}`)
    for (const service of this.#services)
      for (const alias of aliasesOn(service, network)) note(alias, `service ${service.name}`)
    const full = members.filter(({ isRunning, service }) => isRunning && service === undefined)
    const common = { isWhole, ports: [] }
    const ofAliases = [...aliases].map(([name, owners]): Draft => ({
      ...common,
      name,
      form: 'alias',
      standsFor: [...owners].join(', '),
    }))
    const fullNames = [...groupBy(full, ({ container }) => container)].map(([name, own]): Draft => ({
      ...{ ...common, name: `${name}.${network.name}`, form: 'full-name' },
      standsFor: own.map(({ host }) => `${name} on ${host}`).join(', '),
    }))
    return [...ofAliases, ...fullNames].flatMap((name) => this.#further(name))
  }

  /** With its addresses; nothing for a name that cannot be asked for. */
  #further(target: Draft): readonly FurtherName[] {
    const { name, form } = target
    if (askableName(name) === undefined) return []
    const plain = form === 'full-name' ? name.slice(0, -this.#input.network.name.length - 1) : name
    return [{ ...target, meant: distinct(this.#meant.get(plain) ?? []) }]
  }

  #add(name: string, addresses: readonly MeantAddress[]): void {
    const own = this.#meant.get(name) ?? []
    this.#meant.set(name, own)
    own.push(...addresses)
  }

  #isOn({ id, name, networks = [] }: NameService): boolean {
    const { network, members } = this.#input
    if (networks.some(({ networkId }) => networkId === network.id || networkId === network.name)) return true
    return members.some((peer) => peer.service === name && this.#containerOf(peer)?.task?.serviceId === id)
  }

  /** Without a manager's word the containers still say whose tasks they are. */
  #servicesOfMembers(): readonly NameService[] {
    const tasks = this.#input.members.flatMap((peer) => this.#containerOf(peer)?.task ?? [])
    const byId = new Map(tasks.map(({ serviceId, serviceName }) => [serviceId, serviceName]))
    return [...byId].map(([id, name]) => ({ id, name, tasks: [] }))
  }

  #virtualOf({ name, networks = [] }: NameService): readonly MeantAddress[] | undefined {
    const { network } = this.#input
    const own = networks.find(({ networkId }) => networkId === network.id)?.virtualAddress
    const address = parseAddress(own)
    return address === undefined ? undefined : [{ address, owner: `the service ${name} itself`, isRequired: true }]
  }

  #tasksOf(service: NameService): readonly MeantAddress[] {
    const { members, network } = this.#input
    const seen = members.filter((peer) => this.#containerOf(peer)?.task?.serviceId === service.id)
    const told = service.tasks.flatMap(({ addresses = [], slot }) =>
      addresses
        .filter(({ networkId }) => networkId === network.id)
        .flatMap(({ address }) => parseAddress(address) ?? [])
        .map((address) => ({
          ...{ address, isRequired: false },
          owner: slot === undefined ? `a task of ${service.name}` : `${service.name}.${slot}`,
        })),
    )
    return [...seen.flatMap((peer) => this.#addressesOf(peer)), ...told]
  }

  #portsOf({ id }: NameService): readonly number[] {
    const tasks = this.#input.members.filter((peer) => this.#containerOf(peer)?.task?.serviceId === id)
    const ports = new Set(tasks.flatMap((peer) => exposedTcpPorts(peer.ports)))
    return [...ports].sort((a, b) => a - b).slice(0, maxPorts)
  }

  #addressesOf(peer: Peer): readonly MeantAddress[] {
    const { network } = this.#input
    const isRequired = peer.isRunning && !/\((health: starting|unhealthy)\)/.test(this.#containerOf(peer)?.status ?? '')
    const owner = `${peer.container} on ${peer.host}`
    return peer.addresses
      .filter((known) => known.network === network.name)
      .map(({ address }) => ({ address, owner, isRequired: isRequired && address === peer.address }))
  }

  /** Without those that engines add themselves: the short ID, and the container's own name. */
  #aliasesOf(peer: Peer): readonly string[] {
    const { hostId, containerId, container } = peer
    const listed = this.#input.reading.aliases.get(`${hostId} ${containerId}`) ?? []
    return [...new Set(listed)].filter((alias) => alias !== container && !containerId.startsWith(alias))
  }

  #containerOf({ hostId, containerId }: Peer): Container | undefined {
    return this.#containers.get(`${hostId} ${containerId}`)
  }
}

function aliasesOn({ networks = [] }: NameService, network: FleetNetwork): readonly string[] {
  return networks.filter(({ networkId }) => networkId === network.id).flatMap(({ aliases }) => aliases)
}

/** Each address once; one that is required by anybody is. */
function distinct(meant: readonly MeantAddress[]): readonly MeantAddress[] {
  const byAddress = new Map<string, MeantAddress>()
  for (const one of meant) {
    const known = byAddress.get(one.address)
    if (known === undefined || (one.isRequired && !known.isRequired)) byAddress.set(one.address, one)
  }
  return [...byAddress.values()]
}
