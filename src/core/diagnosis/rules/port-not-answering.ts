import { groupBy } from '../../collections/group-by'
import { isAnswer, isLost } from '../../connectivity/evaluate'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { askers, place, unique } from '../wording'

/** The target answers, but not on this port: packets to it are dropped, or its queue of new connections is full. */
export const portNotAnswering: Rule = {
  id: 'port-not-answering',
  diagnose({ failures }) {
    const silent = failures.filter(
      ({ pair, check }) => check.kind === 'tcp' && isLost(check) && pair.checks.some(isAnswer),
    )
    return [...groupBy(silent, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const ports = unique(own.map(({ check }) => String(check.port)))
      const answers = unique(own.flatMap(({ pair }) => pair.checks.filter(isAnswer).map(({ detail }) => detail)))
      const on = { containerIds: [to.containerId], hostIds: [to.hostId] }
      return {
        explains: own,
        finding: {
          cause: 'port-not-answering',
          title: `Port ${enumerate(ports)} of ${place(to)} does not answer, though the container does.`,
          confidence: 75,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `${askers(own)} got no answer on port ${enumerate(ports)} within two seconds, neither a connection nor a refusal.`,
            `The same container answered otherwise: ${enumerate(answers)}.`,
          ],
          remedy:
            'Look for a firewall in the container or for rules about its address on its host, and whether the service accepts connections at all.',
          fixes: [
            { id: 'examine-ports', title: `Show what listens in ${place(to)}`, ...on },
            { id: 'show-logs', title: `Show the log of ${place(to)}`, ...on },
          ],
        },
      }
    })
  },
}
