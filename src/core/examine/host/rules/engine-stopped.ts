import { engineLine, logLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isExplained, isRunning, serviceOf } from './seen'

const betweenStates: Readonly<Record<string, string>> = {
  activating: 'The engine is starting',
  deactivating: 'The engine is stopping',
}

/** Nothing failed, and the engine does not run: somebody stopped it, or nobody started it. */
export const engineStopped: FactRule<'engine-stopped'> = {
  cause: 'engine-stopped',
  find: ({ facts, found }) => {
    const service = serviceOf(facts)
    if (isRunning(facts) || isExplained(found)) return []
    if (service === undefined && facts.initScript === undefined) return []
    // Before it has come or gone, nothing is known of why.
    const between = betweenStates[service?.activeState ?? '']
    const how = engineLine(facts, 'start')
    return [
      {
        cause: 'engine-stopped',
        title: between ?? 'The engine is stopped',
        severity: between ? 'warning' : 'error',
        evidence: [
          service
            ? `systemd says of ${service.name}: ${service.activeState} (${service.subState}).`
            : `${facts.initScript?.path ?? ''} says: “${facts.initScript?.status ?? ''}”.`,
        ],
        remedy: between
          ? 'Wait a moment and examine it again.'
          : `Start it with ${how}. Whoever stopped it may have had a reason.`,
        ...(!between && { byHand: [logLine(facts), engineLine(facts, 'start')] }),
        details: { unit: service?.name },
      },
    ]
  },
}
