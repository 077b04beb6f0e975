import type { HostCheck } from '../host-check'
import { judgeTcpPort } from './tcp-port'

/** Whether the other hosts reach a host's gossip by TCP: by it names and peers are exchanged whole. */
export const gossipTcp: HostCheck = {
  id: 'gossip-tcp',
  title: '7946/tcp',
  judge: (host, evidence) => judgeTcpPort(host, evidence, 7946),
}
