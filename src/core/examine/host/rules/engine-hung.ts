import { isEngine } from '../parse/parse-processes'
import { engineLine, logLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isRunning } from './seen'

/** The engine runs and does not answer on its own host. */
export const engineHung: FactRule<'engine-hung'> = {
  cause: 'engine-hung',
  find: ({ facts }) => {
    if (facts.api === undefined || facts.api.isAnswering || !isRunning(facts)) return []
    const pid = facts.processes.find(isEngine)?.pid
    return [
      {
        cause: 'engine-hung',
        title: 'The engine runs and does not answer',
        severity: 'error',
        evidence: [
          `docker version on the host: ${facts.api.text === '' ? 'no answer within 3 s' : `“${facts.api.text}”`}.`,
        ],
        remedy:
          'Wait if it has just started and has many containers. Otherwise restart the engine; kill -USR1 of its process writes down what it waits for.',
        byHand: [...(pid === undefined ? [] : [`kill -USR1 ${pid}`]), logLine(facts), engineLine(facts, 'restart')],
        details: { ...(pid !== undefined && { pid }) },
      },
    ]
  },
}
