import type { EngineSnapshot, SwarmNode } from '../model/engine'
import type { Host, TargetSnapshot } from '../model/host'
import { formatEndpoint } from '../targets/format-endpoint'
import { sshWay } from '../targets/ssh-way'
import { joinClassic } from './join-classic'
import { isSameEngine } from './same-engine'

/**
 * Turns what is known of each target into the machines of the fleet: targets that lead to the same engine become one
 * host with several ways in, managers add role and availability, nodes without a way in become hosts of their own, and
 * so do the engines of a classic Swarm.
 * Sorted by name; names are made unique, because reports and the command line name hosts by them.
 */
export function joinHosts(snapshots: readonly TargetSnapshot[]): readonly Host[] {
  const nodes = nodesById(snapshots)
  const groups = groupByEngine(snapshots)
  const claimed = new Set<string>()
  const hosts = groups.map((group) => {
    const node = findNode(group[0], nodes)
    if (node !== undefined) claimed.add(node.id)
    return hostOf(group, node)
  })
  for (const node of nodes.values()) if (!claimed.has(node.id)) hosts.push(hostOfNode(node))
  return uniqueNames(joinClassic(hosts)).sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id, 'en'),
  )
}

type Group = readonly [TargetSnapshot, ...TargetSnapshot[]]

/** A node that several managers know is taken from the leader, whose view is the newest. */
function nodesById(snapshots: readonly TargetSnapshot[]): ReadonlyMap<string, SwarmNode> {
  const nodes = new Map<string, SwarmNode>()
  const isLeader = (engine: EngineSnapshot) =>
    engine.nodes.some((node) => node.isLeader && node.id === engine.info.swarm.nodeId)
  const engines = snapshots.flatMap((snapshot) => snapshot.engine ?? [])
  for (const engine of [...engines.filter((e) => !isLeader(e)), ...engines.filter(isLeader)])
    for (const node of engine.nodes) nodes.set(node.id, node)
  return nodes
}

/** Ready targets first: what a silent one was can only be told from an engine that answers now. */
function groupByEngine(snapshots: readonly TargetSnapshot[]): readonly Group[] {
  const groups: [TargetSnapshot, ...TargetSnapshot[]][] = []
  for (const snapshot of [...snapshots.filter((s) => s.engine), ...snapshots.filter((s) => !s.engine)]) {
    const group = groups.find(([first]) => first.engine !== undefined && leadsTo(snapshot, first.engine))
    if (group) group.push(snapshot)
    else groups.push([snapshot])
  }
  return groups
}

/** Whether a target leads to this engine, or did when it was last ready. */
function leadsTo({ engine, lastKnown }: TargetSnapshot, other: EngineSnapshot): boolean {
  if (engine) return isSameEngine(other, engine)
  const { hostName, swarm } = other.info
  return (
    lastKnown?.nodeId !== undefined &&
    lastKnown.nodeId === swarm.nodeId &&
    lastKnown.hostName === hostName &&
    lastKnown.address === swarm.nodeAddress
  )
}

/**
 * The node that a target is. A ready engine says so itself. A silent one is known by what it said before, or, if it was
 * never reached, by its address or host name: enough to show one row instead of two, and nothing is sent on its strength.
 */
function findNode(snapshot: TargetSnapshot, nodes: ReadonlyMap<string, SwarmNode>): SwarmNode | undefined {
  const nodeId = snapshot.engine?.info.swarm.nodeId ?? (snapshot.engine ? undefined : snapshot.lastKnown?.nodeId)
  if (nodeId !== undefined) return nodes.get(nodeId)
  if (snapshot.engine || snapshot.lastKnown) return undefined
  const names = [endpointHost(snapshot), snapshot.target.name]
  const matches = [...nodes.values()].filter(
    (node) => names.includes(node.hostName) || (node.address !== undefined && names.includes(node.address)),
  )
  return matches.length === 1 ? matches[0] : undefined
}

function endpointHost({ target: { endpoint } }: TargetSnapshot): string {
  return 'host' in endpoint ? endpoint.host : ''
}

function hostOf([first, ...others]: Group, node: SwarmNode | undefined): Host {
  const { target, state, failure, engine, way, lastKnown } = first
  const sshTarget = [first, ...others].map((one) => one.target).find((one) => !one.isDisabled && sshWay(one))
  const swarm = engine?.info.swarm
  const nodeId = node?.id ?? swarm?.nodeId ?? lastKnown?.nodeId
  const engineVersion = engine?.info.version ?? node?.engineVersion ?? lastKnown?.engineVersion
  const clusterStore = engine ? engine.info.clusterStore : lastKnown?.clusterStore
  const own = swarm?.state === 'active' ? (swarm.isManager ? 'manager' : 'worker') : undefined
  const role = node?.role ?? own ?? (engine ? undefined : lastKnown?.role)
  return {
    id: target.id,
    name: [engine?.info.hostName, lastKnown?.hostName, node?.hostName].find((name) => name) ?? target.name,
    address: swarm?.nodeAddress ?? node?.address ?? lastKnown?.address ?? endpointHost(first),
    via: formatEndpoint(way?.endpoint ?? target.endpoint),
    alsoVia: others.map((other) => formatEndpoint(other.way?.endpoint ?? other.target.endpoint)),
    ...(way && { way }),
    target,
    ...(sshTarget && { sshTarget }),
    ...(others.length > 0 && { otherTargets: others.map((other) => other.target) }),
    state,
    ...(failure && { failure }),
    ...(engine && { engine }),
    ...(nodeId !== undefined && { nodeId }),
    ...(role && { role }),
    isLeader: node?.isLeader ?? false,
    ...(node && { availability: node.availability, nodeState: node.state }),
    ...(engineVersion !== undefined && { engineVersion }),
    ...(clusterStore !== undefined && { clusterStore }),
  }
}

function hostOfNode(node: SwarmNode): Host {
  return {
    id: `node:${node.id}`,
    name: node.hostName || node.id.slice(0, 12),
    address: node.address ?? '',
    via: '',
    alsoVia: [],
    state: 'unknown',
    nodeId: node.id,
    role: node.role,
    isLeader: node.isLeader,
    availability: node.availability,
    nodeState: node.state,
    engineVersion: node.engineVersion,
  }
}

/** Two machines may call themselves the same; the second word says which entry or node is meant. */
function uniqueNames(hosts: readonly Host[]): Host[] {
  const counts = new Map<string, number>()
  for (const { name } of hosts) counts.set(name, (counts.get(name) ?? 0) + 1)
  return hosts.map((host) =>
    counts.get(host.name) === 1
      ? host
      : { ...host, name: `${host.name} (${host.target?.id ?? host.nodeId?.slice(0, 12) ?? host.id})` },
  )
}
