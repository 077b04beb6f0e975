import { brokenWays } from '../broken-paths'
import type { Rule } from '../evidence'

/**
 * Containers on different hosts do not hear each other though they run: the hosts drop what the overlay wraps their
 * packets in. A closed data path shows nowhere in the engines' API (names go another way and resolve), so the matrix by
 * host is the evidence. Which of the ports it is takes what the hosts say of each other: without it this is the finding.
 */
export const noPathBetweenHosts: Rule = {
  id: 'no-path-between-hosts',
  diagnose: (evidence) => brokenWays(evidence).map(({ explanation }) => explanation),
}
