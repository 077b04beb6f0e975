import { keepOthersOut, type FirewallHost } from '../../diagnosis/firewall-commands'
import { defaultDataPathPort, type OverlayPortOptions } from '../../diagnosis/overlay-ports'
import { enumerate } from '../../text/count'
import type { RepairDraft, RepairStep } from '../plan'
import { firewallToolOf, planOpenPorts, script, type OpenedHost } from './open-ports'

/**
 * Lets only a host's peers send to its data path, through whichever firewall is in charge there: first they are let in, then
 * everybody else is kept out. The other ports are left as they are: who sends there has to prove who it is.
 *
 * @throws `unsupported` where no peer's address is known
 */
export function planLimitPorts(
  host: OpenedHost,
  peers: readonly FirewallHost[],
  options: OverlayPortOptions,
): RepairDraft {
  const opened = planOpenPorts(host, peers, options)
  const others = peers.filter(({ name }) => name !== host.name)
  const tool = firewallToolOf[host.firewall.inCharge]
  const rule = keepOthersOut({ host, peers: others, options }, tool)
  const port = `${options.dataPathPort ?? defaultDataPathPort}/udp`
  const closed: readonly RepairStep[] =
    rule === undefined
      ? []
      : [
          {
            id: 'keep-others-out',
            title: `Keep everybody else out at ${port}, with ${tool}`,
            hostId: host.id,
            hostName: host.name,
            action: script(rule.add),
            undo: script(rule.remove),
          },
        ]
  return {
    ...opened,
    id: 'limit-ports',
    title: `Let only ${enumerate(others.map(({ name }) => name))} send to ${port} of ${host.name}`,
    consequences: [
      `Hosts that join later do not get through to containers on ${host.name} until they are let in, too.`,
      ...(rule === undefined ? [`${tool} keeps out by itself whom nobody lets in.`] : []),
      ...opened.consequences,
    ],
    // Nothing stops, but who was forgotten is cut off.
    risk: 'medium',
    steps: [...opened.steps, ...closed],
  }
}
