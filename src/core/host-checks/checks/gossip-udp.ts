import { failed, notTested, type HostCheck } from '../host-check'
import { dropsOf, dropWords } from './drops'

/**
 * Whether a host's gossip is reached by UDP. That an UDP port is open cannot be seen by asking it, and gossip goes on by
 * TCP alone (seen with Docker 20.10): only what is wrong at the host itself decides.
 */
export const gossipUdp: HostCheck = {
  id: 'gossip-udp',
  title: '7946/udp',
  judge({ local, firewall, name }) {
    const drops = dropsOf(firewall, 'udp', 7946)
    if (drops.length > 0) return failed(...drops.map(dropWords))
    if (local?.udpPorts.includes(7946) === false) return failed(`On ${name} nothing receives at 7946/udp.`)
    const known = [
      ...(local ? ['something receives there'] : []),
      ...(firewall ? ['no rule of its packet filter names the port to drop it'] : []),
    ]
    const seen = known.length === 0 ? '' : ` Seen was that ${known.join(', and that ')}.`
    return notTested(`Whether packets to an UDP port arrive cannot be told by asking it.${seen}`)
  },
}
