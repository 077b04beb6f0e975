import { enumerate } from '../../text/count'
import { failed, notTested, ok, type HostCheck } from '../host-check'

/** Whether a host and the others list each other as peers. What may only be on its way has been waited for before. */
export const peers: HostCheck = {
  id: 'peers',
  title: 'Peers',
  judge(host, { reading, network }) {
    if (host.gossip === undefined || host.address === '')
      return notTested(`Its engine lists no peers: it has no overlay network in use, or does not tell them.`)
    const others = reading.hosts.filter(({ hostId, gossip, address }) => hostId !== host.hostId && gossip && address)
    const misses = others.filter(({ address }) => host.gossip?.includes(address) === false)
    const missedBy = others.filter(({ gossip }) => gossip?.includes(host.address) === false)
    if (misses.length + missedBy.length > 0)
      return failed(
        misses.length > 0 ? `It does not list ${enumerate(misses.map(({ name }) => name))}.` : '',
        missedBy.length > 0 ? `It is not listed by ${enumerate(missedBy.map(({ name }) => name))}.` : '',
      )
    if (others.length === 0) return notTested(`No other host of ${network.name} tells its peers.`)
    return ok(`It lists ${enumerate(others.map(({ name }) => name))}, and they list it.`)
  },
}
