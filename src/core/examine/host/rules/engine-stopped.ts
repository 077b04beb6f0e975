import { engineLine, logLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isExplained, isRunning, serviceOf } from './seen'

/** Nothing failed, and the engine does not run: somebody stopped it, or nobody started it. */
export const engineStopped: FactRule<'engine-stopped'> = {
  cause: 'engine-stopped',
  find: ({ facts, found }) => {
    const service = serviceOf(facts)
    if (isRunning(facts) || isExplained(found)) return []
    if (service === undefined && facts.initScript === undefined) return []
    const isComing = service?.activeState === 'activating'
    const how = engineLine(facts, 'start')
    return [
      {
        cause: 'engine-stopped',
        title: isComing ? 'The engine is starting' : 'The engine is stopped',
        severity: isComing ? 'warning' : 'error',
        evidence: [
          service
            ? `systemd says of ${service.name}: ${service.activeState} (${service.subState}).`
            : `${facts.initScript?.path ?? ''} says: “${facts.initScript?.status ?? ''}”.`,
        ],
        remedy: isComing
          ? 'Wait a moment and examine it again.'
          : `Start it with ${how}. Whoever stopped it may have had a reason.`,
        ...(!isComing && { byHand: [logLine(facts), engineLine(facts, 'start')] }),
        details: { unit: service?.name },
      },
    ]
  },
}
