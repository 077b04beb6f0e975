import { namesOn } from '../../core/fleet/network-names'
import { clustersOf } from '../../core/forms/clusters'
import { isOverlay, type FleetNetwork, type NetworkMember } from '../../core/model/network'
import { fixableContainers } from '../fixes/fix-offers'
import { findContainer, findNetwork, findTask } from '../fleet-lookup'
import { memberNode } from './container-node'
import { overlayNode } from './network-node'
import { messageNode } from './node-parts'
import { findingNode, testNode } from './test-node'
import type { TreeInput } from './tree-input'
import type { TreeNode } from './tree-node'

/**
 * The Networks view: the networks that span hosts, users' own first, and below each its last test and its members.
 * Empty without hosts: the welcome text then shows.
 */
export function networkRoots({ fleet, results, now }: TreeInput): readonly TreeNode[] {
  if (fleet.hosts.length === 0) return []
  const overlays = fleet.networks.filter(isOverlay)
  const own = overlays.filter(({ isIngress }) => !isIngress)
  const ingress = overlays.filter(({ isIngress }) => isIngress)
  const nodes = [...own, ...ingress].map((network) =>
    overlayNode(network, { run: results.latest(network.key), now, names: namesOn(network, fleet) }),
  )
  return own.length === 0 ? [messageNode('no-overlays', whyNone(fleet)), ...nodes] : nodes
}

/** What is below a node of the Networks view. Depends on that network alone. */
export function networkChildren(node: TreeNode, input: TreeInput): readonly TreeNode[] {
  const { subject } = node
  if (subject.kind === 'test-result') return findings(subject.networkKey, input)
  if (subject.kind !== 'network') return []
  const network = findNetwork(input.fleet, subject.networkKey)
  return network === undefined ? [] : contents(network, input)
}

function contents(network: FleetNetwork, input: TreeInput): readonly TreeNode[] {
  const run = input.results.latest(network.key)
  const members = network.members.flatMap((member) => memberOf(network, member, input))
  const none = messageNode(`${network.key}/no-members`, 'No container is attached')
  return [
    ...(run === undefined ? [] : [testNode(network.key, run, input.now)]),
    ...(members.length === 0 ? [none] : members),
  ]
}

function memberOf(network: FleetNetwork, member: NetworkMember, input: TreeInput): readonly TreeNode[] {
  const { fleet, results, now } = input
  const placed = findContainer(fleet, member.hostId, member.containerId)
  if (placed === undefined) return []
  const address = member.address === undefined || member.address === '' ? {} : { address: member.address }
  const ref = placed.container.task
  const isFixable = fixableContainers(results.latest(network.key)).has(member.containerId)
  return [
    memberNode(placed, network.key, { ...address, now, isFixable, task: ref && findTask(fleet, ref.taskId)?.task }),
  ]
}

function findings(networkKey: string, { results }: TreeInput): readonly TreeNode[] {
  const run = results.latest(networkKey)
  return run?.findings.map((finding, index) => findingNode(networkKey, finding, index)) ?? []
}

function whyNone(fleet: TreeInput['fleet']): string {
  const { hosts } = fleet
  const engines = hosts.flatMap(({ engine }) => engine ?? [])
  if (engines.length === 0)
    return hosts.some(({ state }) => state === 'connecting')
      ? 'Connecting to the hosts…'
      : 'No host can be reached: the Hosts view says why'
  if (hosts.some(({ findings = [] }) => findings.some(({ cause }) => cause === 'cluster-store-down')))
    return 'No overlay network is known: the key-value store does not answer, the Hosts view says more'
  if (clustersOf(fleet).length > 0) return 'No overlay network yet: create one with +'
  if (engines.some(({ info }) => info.swarm.state === 'active'))
    return 'Only workers can be reached: overlay networks are known to the swarm’s managers'
  return 'None of the reachable hosts is in a swarm or has a key-value store'
}
