import { checkPlacement, nodeConstraint, type Placement, type Scene } from '../dialects/classic/placement'
import type { ClassicCluster } from '../model/classic'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { FleetNetwork } from '../model/network'
import { clusterOfNetwork } from './clusters'
import { parseWords } from './command-line'
import { invalid, valid, type Parsed } from './parsed'
import { isReady, type ReadyHost } from './swarms'

/** Where a container can be left to a manager that chooses the node. */
export interface ClassicPlace {
  /** The host that stands for the manager; its client makes containers wherever the manager wants them. */
  readonly manager: ReadyHost
  readonly scene: Scene
  /** The hosts that are the cluster's nodes. */
  readonly hosts: readonly Host[]
}

/** Undefined where no manager of a classic Swarm makes containers on the network; local networks have their one host. */
export function classicPlaceOf(fleet: Fleet, network: FleetNetwork): ClassicPlace | undefined {
  const cluster = clusterOfNetwork(fleet, network)
  const [manager] = cluster?.makers ?? []
  const classic = manager?.engine.info.classic
  if (cluster === undefined || manager === undefined || classic === undefined) return undefined
  return placeOf(cluster.hosts, manager, classic)
}

function placeOf(hosts: readonly Host[], manager: ReadyHost, cluster: ClassicCluster): ClassicPlace {
  const nodes = hosts.filter(({ classic }) => classic !== undefined)
  const containers = nodes
    .filter(isReady)
    // An engine that is reached directly lists its containers without saying which node it is.
    .flatMap(({ classic, engine }) => engine.containers.map((each) => ({ ...each, node: classic?.node.name ?? '' })))
  return { manager, scene: { cluster, containers }, hosts: nodes }
}

/** The placement that leaves only this host; undefined for one that is no node of the cluster. */
export function placementOn(host: Host): Placement | undefined {
  return host.classic && { constraints: [nodeConstraint(host.classic.node.name)], affinities: [] }
}

/** The host that a container went to. */
export function hostOfNode({ hosts }: Pick<ClassicPlace, 'hosts'>, node: string | undefined): Host | undefined {
  return hosts.find(({ classic }) => classic !== undefined && classic.node.name === node)
}

/**
 * Reads `site==north container!=web`, with `constraint:` or `affinity:` before what could be either: `container` and
 * `image` are affinities, all else are constraints. @param scene against which it is checked
 */
export function parsePlacement(text: string, scene: Scene): Parsed<Placement> {
  const words = parseWords(text)
  if (!words.isValid) return words
  const split = words.value.map((word) => /^(?:(constraint|affinity):)?(.*)$/s.exec(word) ?? [])
  const isAffinity = ([, kind, rest = '']: readonly (string | undefined)[]) =>
    kind === undefined ? /^(container|image)[=!]=/.test(rest) : kind === 'affinity'
  const rest = ([, , expression = '']: readonly (string | undefined)[]) => expression
  return checkedPlacement(
    {
      constraints: split.filter((each) => !isAffinity(each)).map(rest),
      affinities: split.filter(isAffinity).map(rest),
    },
    scene,
  )
}

/** A placement, or what is wrong with it. */
export function checkedPlacement(placement: Placement, scene: Scene): Parsed<Placement> {
  const problem = checkPlacement(placement, scene)
  return problem === undefined ? valid(placement) : invalid(problem)
}
