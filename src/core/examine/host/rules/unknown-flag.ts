import { shellQuote } from '../../../text/shell-quote'
import { engineLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { unknownFlagOf } from './drop-in-problem'
import { isRunning } from './seen'

/** The engine does not know a flag that it is started with: newer engines have dropped some, such as --cluster-store. */
export const unknownFlag: FactRule<'unknown-flag'> = {
  cause: 'unknown-flag',
  find: ({ facts, found }) => {
    const unknown = isRunning(facts) ? undefined : unknownFlagOf(facts)
    const isExplained = found.some(({ cause }) => cause === 'stale-drop-in' || cause === 'legacy-unit')
    if (unknown === undefined || isExplained) return []
    const file = facts.commandLine.flags.find(({ name }) => name === unknown.name)?.file
    return [
      {
        cause: 'unknown-flag',
        title: `The engine does not know the flag --${unknown.name}, and does not start`,
        severity: 'error',
        evidence: [
          unknown.evidence,
          ...(file === undefined ? [] : [`--${unknown.name} stands in ${file}.`]),
          ...(facts.program.version === undefined ? [] : [`The engine is ${facts.program.version}.`]),
        ],
        remedy: `Take --${unknown.name} out of ${file ?? 'the engine’s command line'}, then restart the engine.`,
        byHand: [
          'systemctl cat docker.service',
          ...(file === undefined ? [] : [shellQuote(['vi', file])]),
          'systemctl daemon-reload',
          engineLine(facts, 'restart'),
        ],
        details: { flag: unknown.name, ...(file !== undefined && { file }) },
      },
    ]
  },
}
