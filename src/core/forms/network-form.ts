import type { Fleet } from '../model/fleet'
import type { NetworkSpec } from '../ports/engine'
import { count } from '../text/count'
import { parseCidr } from './cidr'
import { explainMtu } from './network-mtu'
import { subnetNotes } from './network-subnet'
import { uncheckedHosts, type Swarm } from './swarms'

/**
 * What will be made and what could not be checked, one sentence a line, for the question before it is made.
 *
 * @param spec as it will be sent
 */
export function summarizeNetwork(spec: NetworkSpec, fleet: Fleet, swarm: Swarm): string {
  const [subnet] = spec.subnets
  const labels = Object.entries(spec.labels).map(([key, value]) => `${key}=${value}`)
  const lines = [
    `Through the manager ${swarm.managers[0].name}, for the swarm of ${count(swarm.hosts.length, 'host')}.`,
    subnet === undefined
      ? 'Subnet: the swarm chooses one from its address pool.'
      : `Subnet: ${subnet.subnet}${subnet.gateway === undefined ? '' : `, gateway ${subnet.gateway}`}.`,
    spec.isAttachable
      ? 'Attachable: containers can be run on it by hand.'
      : 'Not attachable: only services of the swarm can use it, no container that is run by hand.',
    ...(spec.isInternal ? ['Internal: no way out to other networks.'] : []),
    ...(spec.isEncrypted
      ? ['Encrypted: the firewalls between the hosts have to let ESP (IP protocol 50) pass, besides UDP 4789.']
      : []),
    ...(spec.mtu === undefined ? [] : [`${explainMtu(spec.mtu, spec.isEncrypted)}.`]),
    ...(labels.length === 0 ? [] : [`Labels: ${labels.join(', ')}.`]),
    ...notes(spec, fleet, swarm),
    ...unchecked(swarm),
  ]
  return lines.join('\n')
}

function notes(spec: NetworkSpec, fleet: Fleet, swarm: Swarm): readonly string[] {
  return spec.subnets.flatMap(({ subnet }) => {
    const cidr = parseCidr(subnet)
    return cidr.isValid ? subnetNotes(cidr.value, fleet, swarm) : []
  })
}

function unchecked(swarm: Swarm): readonly string[] {
  const hosts = uncheckedHosts(swarm)
  if (hosts.length === 0) return []
  const names = hosts.map(({ name, state }) => `${name} (${state === 'unknown' ? 'no way in' : state})`)
  return [`Not checked, because they could not be asked for their own networks: ${names.join(', ')}.`]
}
