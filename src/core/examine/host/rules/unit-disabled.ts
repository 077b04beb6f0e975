import type { FactRule } from './fact-rule'
import { isRunning, serviceOf, unitOf } from './seen'

/** The engine does not start with its host: after the next restart of the machine its containers stay away. */
export const unitDisabled: FactRule<'unit-disabled'> = {
  cause: 'unit-disabled',
  find: ({ facts }) => {
    const service = serviceOf(facts)
    if (service?.unitFileState !== 'disabled') return []
    const running = isRunning(facts)
    const isOnDemand = unitOf(facts, 'docker.socket')?.unitFileState === 'enabled'
    return [
      {
        cause: 'unit-disabled',
        title: running
          ? 'The engine does not start with the host'
          : 'The engine does not run, and does not start with the host',
        severity: running ? 'warning' : 'error',
        evidence: [
          `systemd says of ${service.name}: disabled.`,
          ...(isOnDemand
            ? ['docker.socket starts it when somebody asks; containers do not come back before that.']
            : []),
        ],
        remedy: `Enable it with systemctl enable ${running ? '' : '--now '}${service.name}.`,
        details: { unit: service.name, isRunning: running },
      },
    ]
  },
}
