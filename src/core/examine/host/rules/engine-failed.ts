import { logLine } from './by-hand'
import type { FactRule } from './fact-rule'
import { isExplained, isRunning, linesLike, said, serviceOf } from './seen'

/** The engine failed, for a reason that no rule knows: its own words are what there is. */
export const engineFailed: FactRule<'engine-failed'> = {
  cause: 'engine-failed',
  find: ({ facts, found }) => {
    const service = serviceOf(facts)
    if (service === undefined || isRunning(facts) || isExplained(found)) return []
    const hasFailed =
      service.activeState === 'failed' || service.loadState !== 'loaded' || service.subState === 'auto-restart'
    if (!hasFailed) return []
    const words = linesLike(facts, /level=fatal|failed to start daemon|^failed|unable to|error initializing|cannot/i)
    const errors = words.length > 0 ? words : linesLike(facts, /level=error|failed/i)
    const { exitStatus } = service
    return [
      {
        cause: 'engine-failed',
        title: `The engine does not start${exitStatus === undefined || exitStatus === 0 ? '' : `: it ended with ${exitStatus}`}`,
        severity: 'error',
        evidence: [
          `systemd says of ${service.name}: ${service.loadError ?? `${service.activeState}, ${service.result ?? 'no result'}`}.`,
          ...errors.slice(0, 4).map(said),
        ],
        remedy: `Its last words are above; journalctl -u ${service.name} has all of them.`,
        byHand: [logLine(facts), 'systemctl cat docker.service docker.socket'],
        details: { unit: service.name, ...(exitStatus !== undefined && { exitStatus }) },
      },
    ]
  },
}
