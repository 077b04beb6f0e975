import type { FactRule } from './fact-rule'
import { optionDifference, shownDifference } from './running-options'
import { unitOf } from './seen'

/**
 * docker.socket listens for an engine that is set up not to take its socket. Whoever knocks brings the engine back: while
 * docker-machine changes its options, with the old ones.
 */
export const socketUnitConflict: FactRule<'socket-unit-conflict'> = {
  cause: 'socket-unit-conflict',
  find: ({ facts }) => {
    const { words } = facts.commandLine
    const isListening = unitOf(facts, 'docker.socket')?.activeState === 'active'
    if (!isListening || words === undefined || words.some((word) => word.includes('fd://'))) return []
    const difference = optionDifference(facts)
    return [
      {
        cause: 'socket-unit-conflict',
        title: difference
          ? 'docker.socket brought the engine back with its old options'
          : 'docker.socket listens for an engine that does not take its socket',
        severity: difference ? 'error' : 'warning',
        evidence: [
          'docker.socket is active.',
          ...(difference
            ? shownDifference(difference)
            : [`The engine is started as “${words.join(' ')}”, without fd://.`]),
        ],
        remedy:
          'Have the engine take docker.socket’s socket, with -H fd:// instead of a unix:// address of its own, and restart it. Only where docker.service does not require docker.socket can that be stopped and disabled instead.',
        details: { running: difference?.running ?? [], configured: words },
      },
    ]
  },
}
