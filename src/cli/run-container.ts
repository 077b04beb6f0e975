import { SwarmNetworksError } from '../core/errors'
import type { Placement } from '../core/dialects/classic/placement'
import {
  checkedPlacement,
  classicPlaceOf,
  hostOfNode,
  placementOn,
  type ClassicPlace,
} from '../core/forms/classic-place'
import { checkContainerName, sameNameElsewhere } from '../core/forms/container-name'
import { parseImageReference } from '../core/forms/image-reference'
import { hostsForNetwork } from '../core/forms/hosts-for-network'
import { environmentRules, labelRules, readKeyValues } from '../core/forms/key-values'
import { findPortConflict, parsePublishedPorts } from '../core/forms/published-ports'
import type { Host } from '../core/model/host'
import { takesContainers, type FleetNetwork } from '../core/model/network'
import type { ContainerSpec } from '../core/ports/engine'
import { launchContainer } from '../app/launch-container'
import { refuse, valueOf } from './checked'
import { findHost, findNetwork, requireReadyHost, type ExitStatus, type Session } from './session'

export interface RunOptions {
  readonly name: string
  readonly network: string
  readonly on?: string
  readonly constraint: readonly string[]
  readonly affinity: readonly string[]
  readonly env: readonly string[]
  readonly publish: readonly string[]
  readonly alias: readonly string[]
  readonly label: readonly string[]
  readonly tty?: true
  readonly interactive?: true
  readonly restart: ContainerSpec['restart']
}

/** `run IMAGE [COMMAND…]`: checked, then pulled if need be, created and started on the chosen host. */
export async function runContainer(
  session: Session,
  [image = '', ...command]: readonly string[],
  options: RunOptions,
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, io, signal, isJson } = session
  const network = findNetwork(session, options.network)
  const { host, placement, place } = destinationOf(session, network, options)
  const spec = specOf(session, { image, command, options, network, host, placement })
  for (const other of sameNameElsewhere(spec.name, network, host.id))
    io.err(`warning: ${other} has a container "${spec.name}" on ${network.name} too: the name will mean either in turn`)
  const client = service.client(host.id)
  const onProgress = (line: string) => io.err(line)
  const { id, warnings } = await launchContainer({ client, host: host.name, spec, onProgress }, signal)
  const [container] = await client.containers.list(signal, [id])
  const address = container?.attachments.find(({ networkId }) => networkId === network.id)?.address ?? null
  const chosen = place && container && hostOfNode(place, container.node)
  if (chosen !== undefined && placement !== undefined) io.err(`The manager chose ${chosen.name}.`)
  const json = { id, name: spec.name, host: (chosen ?? host).name, network: network.name, address, warnings }
  io.out(isJson ? JSON.stringify(json, undefined, 2) : id)
  if (!isJson) for (const warning of warnings) io.err(`warning: ${warning}`)
  return 0
}

/** Where a container goes: to a host, or where a classic Swarm's manager wants it. */
interface Destination {
  /** Whose client makes it. */
  readonly host: Host
  readonly placement?: Placement
  readonly place?: ClassicPlace
}

function destinationOf(session: Session, network: FleetNetwork, options: RunOptions): Destination {
  const { on, constraint, affinity } = options
  const place = classicPlaceOf(session.service.fleet, network)
  const isPlaced = constraint.length > 0 || affinity.length > 0
  if (place === undefined && isPlaced)
    throw new SwarmNetworksError('invalid-input', `No manager of a classic Swarm makes containers on ${network.name}`, {
      remedy: '--constraint and --affinity are for such a manager; choose the host with --on.',
    })
  if (place === undefined || (on !== undefined && !isPlaced))
    return { host: hostFor(session, network, on), ...(place && { place }) }
  const pinned = on === undefined ? undefined : placementOn(hostFor(session, network, on))
  const wanted = { constraints: [...(pinned?.constraints ?? []), ...constraint], affinities: affinity }
  const placement = valueOf('--constraint and --affinity', checkedPlacement(wanted, place.scene))
  return { host: place.manager, placement, place }
}

function hostFor(session: Session, network: FleetNetwork, wanted: string | undefined): Host {
  const candidates = hostsForNetwork(session.service.fleet, network)
  const names = candidates.map(({ name }) => name).join(', ')
  if (wanted !== undefined) {
    const host = findHost(session, wanted)
    if (candidates.some(({ id }) => id === host.id)) return host
    throw new SwarmNetworksError('invalid-input', `${network.name} cannot be used at ${host.name}`, {
      remedy: `Hosts of it that answer and take containers: ${names || 'none'}.`,
    })
  }
  const [host] = candidates
  if (host && candidates.length === 1) return host
  if (host === undefined)
    throw new SwarmNetworksError('unreachable', `No host that answers can run a container on ${network.name}`, {
      remedy: 'A host that is drained or paused takes none; `hosts` shows the availability.',
    })
  throw new SwarmNetworksError('invalid-input', 'There is more than one host to run it on', {
    remedy: `Choose with --on: ${names}.`,
  })
}

function specOf(
  { service: { fleet } }: Session,
  given: {
    readonly image: string
    readonly command: readonly string[]
    readonly options: RunOptions
    readonly network: FleetNetwork
    readonly host: Host
    readonly placement: Placement | undefined
  },
): ContainerSpec {
  const { options, network, host, placement } = given
  refuse('--name', checkContainerName(options.name, fleet, host.id))
  if (!takesContainers(network))
    throw new SwarmNetworksError('invalid-input', `${network.name} is not attachable`, {
      remedy:
        'Only services of the swarm can use it; create the network anew without --no-attachable for this container.',
    })
  const ports = valueOf('--publish', parsePublishedPorts(options.publish.join(' ')))
  refuse('--publish', findPortConflict(ports, host.engine?.containers ?? [], host.name))
  const environment = valueOf('--env', readKeyValues(options.env, environmentRules))
  return {
    name: options.name,
    image: valueOf('The image', parseImageReference(given.image)),
    command: given.command,
    networkId: network.id,
    aliases: options.alias,
    environment: Object.entries(environment).map(([key, value]) => `${key}=${value}`),
    publishedPorts: ports,
    labels: valueOf('--label', readKeyValues(options.label, labelRules)),
    hasTty: options.tty === true,
    isInteractive: options.interactive === true,
    restart: options.restart,
    ...(placement && { placement }),
  }
}
