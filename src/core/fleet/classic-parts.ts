import type { ClassicCluster, ClassicNode } from '../model/classic'
import type { EngineInfo, EngineSnapshot } from '../model/engine'
import type { Target } from '../model/target'

/** A manager's view of a classic Swarm, taken apart. */
export interface ClassicParts {
  /** What belongs to no node of the table. */
  readonly rest: EngineSnapshot
  /** Each healthy node's containers and networks, as its own engine would list them; by its key. */
  readonly nodes: ReadonlyMap<string, EngineSnapshot>
}

/** The parts made last of each manager, so that a node on which nothing happened keeps its snapshot. */
const lastParts = new WeakMap<Target, { readonly engine: EngineSnapshot; readonly parts: ClassicParts }>()

/**
 * Takes apart what a manager lists: containers and local networks to their nodes; overlays belong to each of them. What
 * did not change since the manager's last snapshot keeps its identity.
 */
export function classicParts(target: Target, engine: EngineSnapshot, cluster: ClassicCluster): ClassicParts {
  const last = lastParts.get(target)
  if (last?.engine === engine) return last.parts
  const parts = takeApart(engine, cluster, last?.parts)
  lastParts.set(target, { engine, parts })
  return parts
}

/** What tells a node from the others of its cluster: its name, or its address where the name does not. */
export function nodeKey({ name, address }: ClassicNode, { nodes }: ClassicCluster): string {
  const isClear = name !== unknownName && nodes.filter((node) => node.name === name).length === 1
  return isClear ? name : address
}

/** The manager's name for every engine that it has not reached yet (swarm/cluster/engine.go). */
export const unknownName = '(unknown)'

function takeApart(engine: EngineSnapshot, cluster: ClassicCluster, last: ClassicParts | undefined): ClassicParts {
  const healthy = cluster.nodes.filter(({ status }) => status === 'healthy')
  const overlays = engine.networks.filter(({ node }) => node === undefined)
  const nodes = healthy.map((node): readonly [string, EngineSnapshot] => {
    const key = nodeKey(node, cluster)
    const part: EngineSnapshot = {
      info: infoOf(node, engine.info),
      containers: engine.containers.filter((container) => container.node === node.name),
      networks: [...overlays, ...engine.networks.filter((network) => network.node === node.name)],
      nodes: [],
    }
    const before = last?.nodes.get(key)
    return [key, before !== undefined && isAlike(before, part) ? before : part]
  })
  const names = new Set(cluster.nodes.map(({ name }) => name))
  const rest: EngineSnapshot = {
    info: engine.info,
    // Those of a node that the table lists as lost belong to that node, and are not shown as long as it is lost.
    containers: engine.containers.filter(({ node }) => node === undefined || !names.has(node)),
    networks: healthy.length === 0 ? overlays : [],
    nodes: [],
  }
  return { rest: last !== undefined && isAlike(last.rest, rest) ? last.rest : rest, nodes: new Map(nodes) }
}

/** As much as the table says of an engine. */
function infoOf({ name, engineId, engineVersion, labels }: ClassicNode, manager: EngineInfo): EngineInfo {
  return {
    engineId: engineId ?? '',
    hostName: name,
    version: engineVersion ?? '',
    apiVersion: manager.apiVersion,
    operatingSystem: labels['operatingsystem'] ?? '',
    architecture: '',
    kernelVersion: labels['kernelversion'] ?? '',
    swarm: { state: 'unknown', isManager: false },
    warnings: [],
  }
}

function isAlike(a: EngineSnapshot, b: EngineSnapshot): boolean {
  return (
    hasSameItems(a.containers, b.containers) &&
    hasSameItems(a.networks, b.networks) &&
    // Flat data of a few hundred bytes; a manager's own has the table, which is read anew as a whole.
    (a.info === b.info || JSON.stringify(a.info) === JSON.stringify(b.info))
  )
}

function hasSameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
