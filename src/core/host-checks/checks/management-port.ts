import { notTested, type HostCheck } from '../host-check'
import { judgeTcpPort } from './tcp-port'

/** Whether a manager can be reached by the other hosts where it manages the swarm. */
export const managementPort: HostCheck = {
  id: 'management-port',
  title: '2377/tcp',
  judge(host, evidence) {
    if (evidence.network.scope !== 'swarm') return notTested('Its hosts are in no swarm: nothing listens there.')
    if (!host.swarm.isManager) return notTested('Only managers listen there.')
    return judgeTcpPort(host, evidence, 2377)
  },
}
