import type { Rule } from '../evidence'

/** Less may be the way there and back; certificates of a swarm are valid from an hour before they are made. */
const worthAWordMs = 60_000

/** A host's clock is wrong: joining fails with certificates that are not valid yet or any more; logs mislead. */
export const clockSkew: Rule = {
  id: 'clock-skew',
  diagnose({ reading }) {
    const told = (reading?.hosts ?? []).flatMap((host) =>
      host.clockAheadMs === undefined ? [] : [{ host, ms: host.clockAheadMs }],
    )
    // Where all differ alike, it is our own clock.
    const middle = told.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor((told.length - 1) / 2)] ?? 0
    const reference = told.length >= 3 ? middle : 0
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
              `Its engine dated an answer ${seconds} seconds ${way} of ${told.length >= 3 ? 'the other hosts' : 'this machine'}.`,
            ],
            remedy: 'Set its clock by NTP: joining a swarm and renewing certificates fail otherwise.',
            fixes: [],
          },
        }
      })
  },
}
