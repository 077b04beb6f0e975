import { enumerate } from '../../text/count'
import { udpWordOn } from '../gossip-probes'
import { failed, notTested, ok, type HostCheck } from '../host-check'
import { dropsOf, dropWords } from './drops'

/**
 * Whether a host's gossip is reached by UDP. That an UDP port is open cannot be seen by asking it, and gossip goes on by
 * TCP alone (seen with Docker 20.10): what decides is what is wrong at the host itself, and whether the others' engines
 * had to ask it by TCP, which they write into their logs.
 */
export const gossipUdp: HostCheck = {
  id: 'gossip-udp',
  title: '7946/udp',
  judge(host, { reading }) {
    const { local, firewall, name } = host
    const { watchers, reporters, isSilentNow, inWords, seconds } = udpWordOn(reading, host)
    const drops = dropsOf(firewall, 'udp', 7946)
    if (drops.length > 0) return failed(...drops.map(dropWords), inWords)
    if (local?.udpPorts.includes(7946) === false) return failed(`On ${name} nothing receives at 7946/udp.`)
    if (isSilentNow) return failed(inWords)
    if (watchers.length > 0 && reporters.length === 0)
      return ok(
        `The engines of ${enumerate(watchers)} asked it by UDP all the time, and their logs of the last ${seconds} seconds have no time that no answer came, neither to themselves nor to another host in their place.`,
      )
    const known = [
      ...(local ? ['something receives there'] : []),
      ...(firewall ? ['no rule of its packet filter names the port to drop it'] : []),
    ]
    const seen = known.length === 0 ? '' : ` Seen was that ${known.join(', and that ')}.`
    return notTested(
      inWords === ''
        ? `Whether packets to an UDP port arrive cannot be told by asking it, and no other host’s log of its engine tells for long enough.${seen}`
        : `${inWords} It may be over by now.${seen}`,
    )
  },
}
