import type { FactRule } from './fact-rule'
import { optionDifference, shownDifference } from './running-options'

/** The engine runs with other options than it would be started with now. */
export const restartNeeded: FactRule<'restart-needed'> = {
  cause: 'restart-needed',
  find: ({ facts, found }) => {
    const difference = optionDifference(facts)
    if (difference === undefined || found.some(({ cause }) => cause === 'socket-unit-conflict')) return []
    return [
      {
        cause: 'restart-needed',
        title: 'The engine still runs with its old options',
        severity: 'warning',
        evidence: shownDifference(difference),
        remedy: 'Restart the engine, which stops its containers, or take the change back.',
        details: difference,
      },
    ]
  },
}
