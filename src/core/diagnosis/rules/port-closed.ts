import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { askers, place, unique } from '../wording'

/** The target itself refuses the connection: the way to it is fine, nothing listens there. */
export const portClosed: Rule = {
  id: 'port-closed',
  diagnose({ failures }) {
    const refused = failures.filter(({ check }) => check.kind === 'tcp' && check.observation === 'refused')
    return [...groupBy(refused, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const ports = unique(own.map(({ check }) => String(check.port)))
      const on = { containerIds: [to.containerId], hostIds: [to.hostId] }
      const pinged = own.filter(({ pair }) => pair.checks.some((c) => c.kind === 'icmp' && c.result === 'pass'))
      return {
        explains: own,
        finding: {
          cause: 'port-closed',
          title: `Nothing listens on port ${enumerate(ports)} of ${place(to)}.`,
          confidence: 95,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `${askers(own)} connected to ${to.address ?? to.container} and got "connection refused" on port ${enumerate(ports)}.`,
            to.wanted === undefined
              ? `Its image or its settings expose ${ports.length === 1 ? 'that port' : 'these ports'}.`
              : `A contract asks for ${ports.length === 1 ? 'that port' : 'these ports'}.`,
            ...(pinged.length > 0 ? ['It answers to ping, so the way to it is open.'] : []),
          ],
          remedy:
            'Look at what listens in the container: nothing on this port, or only on 127.0.0.1, where no other container reaches it. The log may say why the service did not start.',
          fixes: [
            { id: 'examine-ports', title: `Show what listens in ${place(to)}`, ...on },
            { id: 'show-logs', title: `Show the log of ${place(to)}`, ...on },
          ],
        },
      }
    })
  },
}
