import { clocksOf, worthAWordMs } from '../../host-checks/clocks'
import type { Rule } from '../evidence'

/** A host's clock is wrong: joining fails with certificates that are not valid yet or any more; logs mislead. */
export const clockSkew: Rule = {
  id: 'clock-skew',
  diagnose({ reading }) {
    if (reading === undefined) return []
    const { told, reference, isOurs } = clocksOf(reading)
    return told
      .filter(({ ms }) => Math.abs(ms - reference) > worthAWordMs)
      .map(({ host, ms }) => {
        const seconds = Math.round(Math.abs(ms - reference) / 1_000)
        const way = ms > reference ? 'ahead' : 'behind'
        return {
          explains: [],
          finding: {
            cause: 'clock-skew',
            title: `The clock of ${host.name} is ${seconds} seconds ${way}.`,
            confidence: 90,
            hosts: [host.name],
            containers: [],
            evidence: [
              `Its engine dated an answer ${seconds} seconds ${way} of ${isOurs ? 'this machine' : 'the other hosts'}.`,
            ],
            remedy: 'Set its clock by NTP: joining a swarm and renewing certificates fail otherwise.',
            fixes: [],
          },
        }
      })
  },
}
