import { directionsInWords } from '../../diagnosis/directions-in-words'
import { hostPaths, isBroken } from '../../diagnosis/host-paths'
import { enumerate } from '../../text/count'
import { failed, notTested, ok, type HostCheck } from '../host-check'
import { dropsOf, dropWords } from './drops'

/**
 * Whether containers' packets get through to and from a host's containers, in both directions: an answer has gone both
 * ways. Only the containers themselves can tell; of a port nobody asks over, the packet filter's rules are no proof.
 */
export const dataPath: HostCheck = {
  id: 'data-path',
  title: 'Data path',
  judge(host, { network, reading, pairs }) {
    if (network.driver !== 'overlay') return notTested(`${network.name} has no VXLAN between its hosts.`)
    const port = `${reading.dataPathPort}/udp`
    const own = hostPaths(pairs).filter(({ a, b }) => a.id === host.hostId || b.id === host.hostId)
    const others = (paths: typeof own) => enumerate(paths.map(({ a, b }) => (a.id === host.hostId ? b.name : a.name)))
    const broken = own.filter(isBroken)
    if (broken.length > 0)
      return failed(
        `Between its containers and those on ${others(broken)} nothing gets through over ${port}.`,
        ...directionsInWords(reading, new Set(broken.flatMap(({ a, b }) => [a.id, b.id]))),
        ...dropsOf(host.firewall, 'udp', reading.dataPathPort).map(dropWords),
      )
    if (own.length > 0) return ok(`Containers here and on ${others(own)} answer each other over ${port}.`)
    return notTested(
      `No container runs on ${network.name} both here and elsewhere, and only containers can tell whether ${port} is open.`,
    )
  },
}
