import type { ClassicCluster, ClassicNode } from '../model/classic'
import type { EngineSnapshot } from '../model/engine'
import type { Host, HostFailure } from '../model/host'
import type { Target } from '../model/target'
import { withoutPort } from '../targets/without-port'
import { classicParts, nodeKey, unknownName } from './classic-parts'

/** A host that stands for a classic Swarm's manager. */
type Manager = Host & { readonly engine: EngineSnapshot; readonly target: Target }

/**
 * Gives each manager's nodes a place among the hosts. A node whose engine is a host already, reached directly or through
 * another manager, is one more way in to that host: each container is there once. Every other node becomes a host that
 * is reached through its manager.
 */
export function joinClassic(hosts: readonly Host[]): readonly Host[] {
  const managers = hosts.filter(isManager)
  if (managers.length === 0) return hosts
  const joined = hosts.filter((host) => !isManager(host))
  for (const { manager, cluster } of primariesFirst(managers)) {
    const { target, engine } = manager
    const { rest, nodes } = classicParts(target, engine, cluster)
    joined.push({ ...manager, name: managerName(target, cluster), engine: rest })
    for (const node of cluster.nodes) {
      const part = nodes.get(nodeKey(node, cluster))
      const index = part === undefined ? -1 : joined.findIndex((host) => isNode(host, node, part))
      const host = joined[index]
      if (host === undefined) joined.push(hostOf(node, part, { manager, cluster }))
      else joined[index] = withManager(host, manager, node)
    }
  }
  return joined
}

interface ManagedCluster {
  readonly manager: Manager
  readonly cluster: ClassicCluster
}

function isManager(host: Host): host is Manager {
  return host.engine?.info.classic !== undefined && host.target !== undefined
}

/** A replica knows the same nodes, a moment later. */
function primariesFirst(managers: readonly Manager[]): readonly ManagedCluster[] {
  return managers
    .flatMap((manager) => (manager.engine.info.classic ? [{ manager, cluster: manager.engine.info.classic }] : []))
    .toSorted((a, b) => Number(b.cluster.role === 'primary') - Number(a.cluster.role === 'primary'))
}

/** A manager calls itself by the name of the machine it runs on, which is a node's name as a rule. */
function managerName({ name }: Target, { nodes }: ClassicCluster): string {
  return nodes.some((node) => node.name === name) ? `${name} (classic Swarm)` : name
}

/**
 * Whether a host is this node. Engine IDs are cloned with machines, and addresses are private: one of the two has to
 * agree, or the host name, and besides something that only the same engine has, which is a container or the `bridge`
 * network that each engine makes for itself.
 */
function isNode(host: Host, node: ClassicNode, part: EngineSnapshot): boolean {
  const { engine } = host
  if (engine === undefined || engine.info.classic !== undefined) return false
  const { engineId, hostName } = engine.info
  const isOther = node.engineId !== undefined && engineId !== '' && node.engineId !== engineId
  if (isOther || (hostName !== node.name && host.address !== withoutPort(node.address))) return false
  const ids = ownIds(engine)
  return [...ownIds(part)].some((id) => ids.has(id))
}

const idsByEngine = new WeakMap<EngineSnapshot, ReadonlySet<string>>()

function ownIds(engine: EngineSnapshot): ReadonlySet<string> {
  const known = idsByEngine.get(engine)
  if (known !== undefined) return known
  const bridges = engine.networks.filter(({ name, scope }) => name === 'bridge' && scope === 'local')
  const ids = new Set([...engine.containers, ...bridges].map(({ id }) => id))
  idsByEngine.set(engine, ids)
  return ids
}

function withManager(host: Host, manager: Manager, node: ClassicNode): Host {
  return {
    ...host,
    alsoVia: [...host.alsoVia, manager.via],
    classic: host.classic ?? { managerId: manager.id, node },
  }
}

function hostOf(node: ClassicNode, part: EngineSnapshot | undefined, { manager, cluster }: ManagedCluster): Host {
  return {
    id: `${manager.id}/node/${nodeKey(node, cluster)}`,
    name: node.name === unknownName ? node.address : node.name,
    address: withoutPort(node.address),
    via: manager.via,
    alsoVia: [],
    state: part === undefined ? 'unreachable' : 'ready',
    ...(part === undefined ? { failure: failureOf(node, manager) } : { engine: part }),
    isLeader: false,
    classic: { managerId: manager.id, node },
    ...(node.engineVersion !== undefined && { engineVersion: node.engineVersion }),
  }
}

function failureOf({ status, reason, updatedAt }: ClassicNode, { target }: Manager): HostFailure {
  const what = status === 'pending' ? 'has not taken this node in yet' : 'has lost this node'
  return {
    code: 'unreachable',
    message: `The classic Swarm manager ${target.name} ${what}${reason === undefined ? '' : `: ${reason}`}`,
    // Every version that tells a lost node from a healthy one says since when.
    since: updatedAt ?? 0,
  }
}
