import { namesOn } from '../../core/fleet/network-names'
import { isOverlay } from '../../core/model/network'
import { networkKey } from '../../core/fleet/merge-networks'
import type { Host } from '../../core/model/host'
import { count } from '../../core/text/count'
import { byName } from '../../core/text/natural-order'
import { fixableContainers } from '../fixes/fix-offers'
import { findHost, findNetwork, findTask, tasksOfNode } from '../fleet-lookup'
import { hostContainerNode } from './container-node'
import { hostNode } from './host-node'
import { localNetworkNode } from './network-node'
import { diagnosisNode, hostFindingNode, messageNode } from './node-parts'
import { hostTaskNode } from './service-node'
import type { TreeInput } from './tree-input'
import type { TreeNode } from './tree-node'

/** The Hosts view: every host by name, and below it what runs there. Empty without hosts: the welcome text then shows. */
export function hostRoots({ fleet, problems, examinations, now }: TreeInput): readonly TreeNode[] {
  const warnings = problems.map((problem, index) => messageNode(`problem-${index}`, problem, { name: 'warning' }))
  return [
    ...fleet.hosts
      .toSorted(byName)
      .map((host) =>
        hostNode(host, { now, tasks: taskCount(host, fleet), examination: examinations?.latest(host.id) }),
      ),
    ...warnings,
  ]
}

/** What is below a node of the Hosts view. Depends on that host alone. */
export function hostChildren(node: TreeNode, input: TreeInput): readonly TreeNode[] {
  const { subject } = node
  if (subject.kind !== 'host' && subject.kind !== 'group') return []
  const host = findHost(input.fleet, subject.hostId)
  if (host === undefined) return []
  if (subject.kind === 'group') return localNetworks(host, input)
  const examination = input.examinations?.latest(host.id)
  const findings = [
    ...(host.findings ?? []).map((finding) => hostFindingNode(host, finding)),
    ...(examination?.findings ?? []).map((finding, index) => diagnosisNode(host, finding, index)),
  ]
  return host.engine === undefined ? [...findings, ...tasks(host, input)] : [...findings, ...contents(host, input)]
}

/** How many tasks stand below a host whose engine cannot be asked. */
function taskCount({ engine, nodeId }: Host, fleet: TreeInput['fleet']): number {
  return engine !== undefined || nodeId === undefined ? 0 : tasksOfNode(fleet, nodeId).length
}

/** What a manager says that runs on a node without an engine to ask. */
function tasks(host: Host, { fleet, now }: TreeInput): readonly TreeNode[] {
  if (host.nodeId === undefined) return []
  return tasksOfNode(fleet, host.nodeId).map(({ service, task }) => hostTaskNode(task, { service, host, now }))
}

function contents(host: Host, { fleet, results, now }: TreeInput): readonly TreeNode[] {
  const containers = (host.engine?.containers ?? []).toSorted(byName)
  const nodes = containers.map((container) =>
    hostContainerNode(
      { host, container },
      {
        now,
        task: container.task && findTask(fleet, container.task.taskId)?.task,
        // Overlay networks go by their ID on every host.
        isFixable: container.attachments.some(({ networkId }) =>
          fixableContainers(results.latest(networkId)).has(container.id),
        ),
      },
    ),
  )
  const none = messageNode(`${host.id}/no-containers`, 'No containers')
  return [...(nodes.length === 0 ? [none] : nodes), networksGroup(host)]
}

function networksGroup(host: Host): TreeNode {
  const size = localKeys(host).length
  return {
    id: `host:${host.id}/group:networks`,
    subject: { kind: 'group', hostId: host.id, group: 'networks' },
    label: 'Networks',
    description: String(size),
    tooltip: 'Networks of this host alone. Those that span hosts are in the Networks view.',
    accessibleText: `${count(size, 'local network')} of ${host.name}`,
    icon: { name: 'plug' },
    collapse: size === 0 ? 'none' : 'collapsed',
    context: '',
  }
}

function localNetworks(host: Host, { fleet, results, now }: TreeInput): readonly TreeNode[] {
  return localKeys(host)
    .flatMap((key) => findNetwork(fleet, key) ?? [])
    .toSorted(byName)
    .map((network) =>
      localNetworkNode(network, host.id, { run: results.latest(network.key), now, names: namesOn(network, fleet) }),
    )
}

function localKeys(host: Host): readonly string[] {
  const networks = host.engine?.networks ?? []
  return networks.filter((network) => !isOverlay(network)).map((network) => networkKey(host.id, network))
}
