import { isPublicAddress } from '../public-address'
import { failed, notTested, ok, type HostCheck } from '../host-check'

/** Whether anybody can send to a host's data path: VXLAN is not authenticated (GHSA-vwm3-crmr-xfxw). */
export const openToAll: HostCheck = {
  id: 'open-to-all',
  title: 'Closed to others',
  judge({ firewall, address, name }, { reading }) {
    const port = `${reading.dataPathPort}/udp`
    if (firewall === undefined)
      return notTested('Its packet filter can be listed over SSH only, by root or with sudo that asks for no password.')
    const unseen = (firewall.unseen ?? []).map((what) => ` Not seen: ${what}.`).join('')
    const closed = firewall.closed?.find((one) => one.port === reading.dataPathPort)
    if (closed !== undefined)
      return ok(
        `Its packet filter keeps out of ${port} whom it does not let in by address, by the rule “${closed.rule}”.`,
      )
    if (!firewall.isDataPathOpen)
      return notTested(
        `Its packet filter keeps something out; whether that is ${port} from everywhere else is not worked out here.${unseen}`,
      )
    if (isPublicAddress(address))
      return failed(
        `${name} has the public address ${address}, and no packet filter there limits who sends to ${port}.${unseen}`,
      )
    return ok(
      `No packet filter there limits who sends to ${port}, and its address ${address} is not a public one.${unseen}`,
    )
  },
}
