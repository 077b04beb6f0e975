import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { askers, place, unique } from '../wording'

/** A port is refused because its service listens on the container's own loopback, where nobody else reaches it. */
export const portOnLoopback: Rule = {
  id: 'port-on-loopback',
  diagnose({ failures, reading }) {
    const listening = new Map(
      (reading?.containers ?? []).flatMap((found) =>
        found.listening ? [[found.peer.containerId, found.listening] as const] : [],
      ),
    )
    const own = failures.filter(({ pair, check }) => {
      const sockets = listening.get(pair.to.containerId)?.filter(({ port }) => port === check.port) ?? []
      const isRefused = check.kind === 'tcp' && check.observation === 'refused'
      return isRefused && sockets.length > 0 && sockets.every(({ reach }) => reach === 'loopback')
    })
    return [...groupBy(own, ({ pair }) => pair.to.containerId).values()].map((failed) => {
      const { to } = failed[0].pair
      const ports = unique(failed.map(({ check }) => String(check.port)))
      const sockets = (listening.get(to.containerId) ?? []).filter(({ port }) => ports.includes(String(port)))
      const on = { containerIds: [to.containerId], hostIds: [to.hostId] }
      return {
        explains: failed,
        finding: {
          cause: 'port-on-loopback',
          title: `Port ${enumerate(ports)} of ${place(to)} listens on the container’s loopback only.`,
          confidence: 98,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `${askers(failed)} connected to ${to.address ?? to.container} and got "connection refused" on port ${enumerate(ports)}.`,
            `Inside ${to.container} something listens on ${enumerate(sockets.map(({ address, port }) => `${address} port ${port}`))}.`,
          ],
          remedy: `Let the service listen on all addresses (0.0.0.0, or :: with IPv6) instead.`,
          fixes: [{ id: 'examine-ports', title: `Show what listens in ${place(to)}`, ...on }],
        },
      }
    })
  },
}
