import { nodeOf } from '../../diagnosis/host-failures'
import { failed, notTested, ok, type HostCheck } from '../host-check'

/** What a manager calls itself where it listens everywhere. */
const unspecified: ReadonlySet<string> = new Set(['0.0.0.0', '127.0.0.1', '::', '::1'])

/** Whether a host tells the others the address that its manager sees it come from. */
export const advertisedAddress: HostCheck = {
  id: 'advertised-address',
  title: 'Address',
  judge(host, { reading }) {
    const told = host.swarm.nodeAddress
    const seen = nodeOf(reading, host)?.address
    const manager = reading.manager?.name ?? 'the manager'
    if (told === undefined || told === '') return notTested('Its engine tells no address in a swarm.')
    if (seen === undefined) return notTested(`It tells ${told}; no manager could be asked where it comes from.`)
    if (unspecified.has(seen)) return notTested(`It tells ${told}; ${manager} does not say where it comes from.`)
    if (seen === told) return ok(`It tells the others ${told}, where ${manager} sees it, too.`)
    return failed(
      `It tells the others ${told}, and ${manager} sees it at ${seen}. Where both lead to it, by NAT, that is meant.`,
    )
  },
}
