import type { ConnectivityRun } from '../../core/connectivity/run'
import type { Host } from '../../core/model/host'
import type { FleetNetwork } from '../../core/model/network'
import { formatMoment } from '../../core/text/moment'
import { hostContext } from '../tree/host-node'
import { networkContext } from '../tree/network-node'
import type { FindingGroup } from './listed-finding'

/** What was found when a network was tested, or lines of contracts about it. */
export function networkGroup(network: FleetNetwork, run: ConnectivityRun | undefined, now: number): FindingGroup {
  return {
    id: `network:${network.key}`,
    label: network.name,
    description: run === undefined ? '' : `tested ${formatMoment(run.startedAt, now)}`,
    icon: { name: 'type-hierarchy' },
    subject: { kind: 'network', networkKey: network.key },
    context: networkContext(network, run),
    rank: 1,
  }
}

/** What is known against a host. */
export function hostGroup(host: Host): FindingGroup {
  return {
    id: `host:${host.id}`,
    label: host.name,
    description: host.address,
    icon: { name: host.role === 'manager' ? 'server-environment' : 'server' },
    subject: { kind: 'host', hostId: host.id },
    context: hostContext(host),
    rank: 2,
  }
}

/** Lines of a contract that no network can be named for. */
export function contractGroup(address: string, name: string): FindingGroup {
  return {
    id: `contract:${address}`,
    label: name,
    description: '',
    icon: { name: 'checklist' },
    subject: { kind: 'message' },
    context: '',
    rank: 3,
  }
}

/** Where hosts come from: settings, Docker contexts, docker-machine's store. */
export const sourcesGroup: FindingGroup = {
  id: 'sources',
  label: 'Sources of hosts',
  description: '',
  icon: { name: 'plug' },
  subject: { kind: 'message' },
  context: '',
  rank: 4,
}
