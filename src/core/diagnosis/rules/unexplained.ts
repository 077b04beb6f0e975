import { count } from '../../text/count'
import type { Rule } from '../evidence'
import { containerNames, hostNames, place, unique } from '../wording'

/** What no rule knows is said, too: a red cell without a word would be worse. */
export const unexplained: Rule = {
  id: 'unexplained',
  diagnose({ failures }) {
    if (failures.length === 0) return []
    const pairs = unique(failures.map(({ pair }) => pair))
    const peers = pairs.flatMap(({ from, to }) => [to, from])
    const shown = failures
      .slice(0, 5)
      .map(({ pair, check }) => `${place(pair.from)} → ${place(pair.to)}: ${check.detail}.`)
    return [
      {
        explains: failures,
        finding: {
          cause: 'unexplained',
          title: `${count(pairs.length, 'pair fails', 'pairs fail')} in a way that fits no known cause.`,
          confidence: 10,
          hosts: hostNames(peers),
          containers: containerNames(peers),
          evidence: failures.length > 5 ? [...shown, `… and ${failures.length - 5} more.`] : shown,
          remedy: 'Test again to see whether it stays, and look at what these pairs have in common.',
          fixes: [],
        },
      },
    ]
  },
}
