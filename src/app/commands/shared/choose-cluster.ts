import { SwarmNetworksError } from '../../../core/errors'
import { clusterOfHost, clusterWords, clustersOf, type Cluster } from '../../../core/forms/clusters'
import { count } from '../../../core/text/count'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { requireHost } from './choose-container'

/**
 * The cluster that a command acts on, whoever makes its networks in the order in which they should be asked: that of the
 * clicked host, with this host first; the only one; or the one the user picks. Undefined when the user leaves.
 *
 * @throws `not-a-manager` when nobody that makes networks can be reached
 */
export async function chooseCluster(
  context: CommandContext,
  subject: NodeSubject | undefined,
  title: string,
): Promise<Cluster | undefined> {
  const { fleet } = context.fleet
  if (subject?.kind === 'host') {
    const host = requireHost(context, subject.hostId)
    const cluster = clusterOfHost(fleet, host.id)
    if (cluster === undefined) throw nobodyMakesNetworks(host.name)
    return cluster
  }
  const clusters = clustersOf(fleet)
  const [first, ...others] = clusters
  if (first === undefined) throw nobodyMakesNetworks()
  if (others.length === 0) return first
  const items = clusters.map((cluster) => ({
    label: cluster.makers.map(({ name }) => name).join(', '),
    description: `${clusterWords[cluster.kind]} · ${count(cluster.hosts.length, 'host')}`,
    detail: cluster.hosts.map(({ name }) => name).join(', '),
    icon: 'server-environment',
    value: cluster,
  }))
  return context.ui.pick(items, { title, placeholder: 'Where, by who makes the networks' })
}

function nobodyMakesNetworks(host?: string): SwarmNetworksError {
  const message =
    host === undefined ? 'No manager of a swarm can be reached' : `No manager of a swarm with ${host} can be reached`
  return new SwarmNetworksError('not-a-manager', `${message}, and no engine with a key-value store`, {
    remedy:
      'Only these make overlay networks: add one with "Add Host…", see in the Hosts view why it cannot be reached, or make a swarm with "docker swarm init".',
  })
}
