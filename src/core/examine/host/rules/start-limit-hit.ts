import { logLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isExplained, isRunning, linesLike, said, serviceOf } from './seen'

/** systemd has given up starting the engine after several failures in a row, and nothing says what failed. */
export const startLimitHit: FactRule<'start-limit-hit'> = {
  cause: 'start-limit-hit',
  find: ({ facts, found }) => {
    const service = serviceOf(facts)
    const [line] = linesLike(facts, /Start request repeated too quickly/)
    const isHit = service?.result === 'start-limit-hit' || line !== undefined
    if (service === undefined || !isHit || isRunning(facts) || isExplained(found)) return []
    const errors = linesLike(facts, /level=(fatal|error)|failed|cannot|unable/i).slice(0, 3)
    return [
      {
        cause: 'start-limit-hit',
        title: 'systemd has given up starting the engine, which failed several times in a row',
        severity: 'error',
        evidence: [
          `systemd says of ${service.name}: ${service.activeState}, ${service.result ?? 'no result'}.`,
          ...errors.map(said),
        ],
        remedy: `Look at journalctl -u ${service.name} for why; then systemctl reset-failed ${service.name} and systemctl start ${service.name}.`,
        byHand: [logLine(facts), `systemctl reset-failed ${service.name}`, `systemctl start ${service.name}`],
        details: { unit: service.name },
      },
    ]
  },
}
