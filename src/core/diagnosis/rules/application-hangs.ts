import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { place, unique } from '../wording'

/** Ports at which one may expect HTTP (IANA: http, http-alt, and what is commonly used for it). */
const httpPorts: ReadonlySet<number> = new Set([80, 8000, 8008, 8080, 8888])

/**
 * Connections are accepted and requests are not answered, though large packets pass: the kernel accepts, the application
 * is busy or stuck. No failure, because a port does not promise HTTP; said for information.
 */
export const applicationHangs: Rule = {
  id: 'application-hangs',
  diagnose({ pairs }) {
    const silent = pairs.flatMap((pair) =>
      pair.checks
        .filter(
          ({ kind, observation, port }) => kind === 'http' && observation === 'no-answer' && httpPorts.has(port ?? 0),
        )
        .map((check) => ({ pair, check })),
    )
    return [...groupBy(silent, ({ pair, check }) => `${pair.to.containerId} ${check.port ?? ''}`).values()].flatMap(
      (own) => {
        const { pair, check } = own[0]
        const { to } = pair
        const asked = pairs.filter(
          (other) =>
            other.to.containerId === to.containerId &&
            other.checks.some((c) => c.kind === 'http' && c.port === check.port),
        )
        // Where some get an answer, the application is not what hangs.
        if (asked.length !== own.length || pairs.some((p) => p.to.containerId === to.containerId && isTooLarge(p)))
          return []
        const on = { containerIds: [to.containerId], hostIds: [to.hostId] }
        return [
          {
            explains: [],
            finding: {
              cause: 'application-hangs',
              title: `${place(to)} accepts connections on port ${check.port ?? ''} and does not answer HTTP.`,
              confidence: 70,
              hosts: [to.host],
              containers: [to.container],
              evidence: [
                `${enumerate(unique(own.map((item) => item.pair.from.container)))} connected to port ${check.port ?? ''}, sent a request, and got nothing back in two seconds.`,
                ...(asked.some(({ checks }) => checks.some((c) => c.kind === 'mtu' && c.result === 'pass'))
                  ? ['Packets of full size pass, so it is not the way.']
                  : []),
              ],
              remedy:
                'Look at its log and its load: the kernel accepts connections also for an application that is stuck.',
              fixes: [{ id: 'show-logs', title: `Show the log of ${place(to)}`, ...on }],
              alternatives: [
                'Something else than HTTP is served there, which waits for its client.',
                'It is slow, and answers later.',
              ],
            },
          },
        ]
      },
    )
  },
}

function isTooLarge({ checks }: { readonly checks: readonly { readonly observation: string }[] }): boolean {
  return checks.some(({ observation }) => observation === 'too-large')
}
