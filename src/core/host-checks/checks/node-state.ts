import { nodeInWords, nodeOf } from '../../diagnosis/host-failures'
import { failed, notTested, ok, type HostCheck } from '../host-check'

/** Whether a host is ready in its swarm, as its manager and it itself say. */
export const nodeState: HostCheck = {
  id: 'node-state',
  title: 'Node',
  judge(host, { reading, network }) {
    if (network.scope !== 'swarm') return notTested('Its hosts are in no swarm.')
    const { manager } = reading
    const own = host.swarm.error
    if (manager?.failure !== undefined) return failed(`${manager.name} says: “${manager.failure}”`)
    const node = nodeOf(reading, host)
    if (manager === undefined || node === undefined)
      return own === undefined ? notTested('No manager could be asked for it.') : failed(`Its engine says: “${own}”`)
    const words = nodeInWords(reading, host.name, node)
    if (node.state !== 'ready') return failed(words)
    if (own !== undefined) return failed(words, `Its engine says: “${own}”`)
    return ok(
      node.availability === 'active'
        ? words
        : `${words} Its availability is “${node.availability}”: it takes no new containers of the swarm.`,
    )
  },
}
