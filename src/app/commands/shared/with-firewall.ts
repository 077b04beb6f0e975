import { describeError } from '../../../core/errors'
import type { Host } from '../../../core/model/host'
import type { OpenedHost } from '../../../core/repair/network/open-ports'
import { examineHost } from '../../examine-host'
import type { CommandContext } from '../command'
import { firewallHost } from './network-hosts'

/** A host with the firewall that is in charge there; unknown where the host could not be examined. */
export async function withFirewall(context: CommandContext, host: Host, signal: AbortSignal): Promise<OpenedHost> {
  try {
    const { facts } = await examineHost(context, host, { signal, mayAsk: true })
    return { ...firewallHost(host), id: host.id, firewall: facts.firewall }
  } catch (error) {
    context.log.info(`${host.name}: the firewall was not seen: ${describeError(error)}`)
    return { ...firewallHost(host), id: host.id, firewall: { inCharge: 'unknown' } }
  }
}
