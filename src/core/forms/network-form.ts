import type { Fleet } from '../model/fleet'
import type { NetworkSpec } from '../ports/engine'
import { count } from '../text/count'
import { singleLine } from '../text/single-line'
import { parseCidr } from './cidr'
import { explainMtu } from './network-mtu'
import { subnetNotes } from './network-subnet'
import { clusterWords, uncheckedHosts, type Cluster } from './clusters'

/**
 * What will be made and what could not be checked, one sentence a line, for the question before it is made.
 *
 * @param spec as it will be sent
 */
export function summarizeNetwork(spec: NetworkSpec, fleet: Fleet, cluster: Cluster): string {
  const [subnet] = spec.subnets
  const labels = Object.entries(spec.labels).map(([key, value]) => `${key}=${value}`)
  const lines = [
    makerInWords(cluster),
    subnet === undefined
      ? `Subnet: the ${chooser[cluster.kind]} chooses one from its address pool.`
      : `Subnet: ${subnet.subnet}${subnet.gateway === undefined ? '' : `, gateway ${subnet.gateway}`}.`,
    ...attachableInWords(spec, cluster),
    ...(spec.isInternal ? ['Internal: no way out to other networks.'] : []),
    ...(spec.isEncrypted
      ? ['Encrypted: the firewalls between the hosts have to let ESP (IP protocol 50) pass, besides UDP 4789.']
      : []),
    ...(spec.mtu === undefined ? [] : [`${explainMtu(spec.mtu, spec.isEncrypted)}.`]),
    ...(labels.length === 0 ? [] : [`Labels: ${labels.join(', ')}.`]),
    ...notes(spec, fleet, cluster),
    ...unchecked(cluster),
  ]
  return lines.join('\n')
}

function makerInWords({ kind, makers: [maker], hosts }: Cluster): string {
  const size = count(hosts.length, 'host')
  if (kind !== 'store') return `Through the manager ${maker.name}, for the ${clusterWords[kind]} of ${size}.`
  return `Through ${maker.name}, for the ${size} of the key-value store ${singleLine(maker.engine.info.clusterStore ?? '')}.`
}

/** Who takes the subnet where none is named. */
const chooser = { swarm: 'swarm', store: 'engine', classic: 'engine' } as const

/** Whoever has a network of a store can run containers on it: there is nothing to be told. */
function attachableInWords({ isAttachable }: NetworkSpec, { kind }: Cluster): readonly string[] {
  if (kind !== 'swarm') return []
  return [
    isAttachable
      ? 'Attachable: containers can be run on it by hand.'
      : 'Not attachable: only services of the swarm can use it, no container that is run by hand.',
  ]
}

function notes(spec: NetworkSpec, fleet: Fleet, cluster: Cluster): readonly string[] {
  return spec.subnets.flatMap(({ subnet }) => {
    const cidr = parseCidr(subnet)
    return cidr.isValid ? subnetNotes(cidr.value, fleet, cluster) : []
  })
}

function unchecked(cluster: Cluster): readonly string[] {
  const hosts = uncheckedHosts(cluster)
  if (hosts.length === 0) return []
  const names = hosts.map(({ name, state }) => `${name} (${state === 'unknown' ? 'no way in' : state})`)
  return [`Not checked, because they could not be asked for their own networks: ${names.join(', ')}.`]
}
