import { groupBy } from '../../collections/group-by'
import { count } from '../../text/count'
import type { Rule } from '../evidence'
import { askers, place } from '../wording'

/**
 * A paused target keeps its name, answers ping and accepts connections, because the kernel does that for it; only the
 * application is silent. So this is taken from the engine and not from probes.
 */
export const targetPaused: Rule = {
  id: 'target-paused',
  diagnose({ failures }) {
    const paused = failures.filter(
      ({ pair, check }) => check.observation === 'not-running' && pair.to.state === 'paused',
    )
    return [...groupBy(paused, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      return {
        explains: own,
        finding: {
          cause: 'target-paused',
          title: `${place(to)} is paused.`,
          confidence: 99,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `The engine of ${to.host} gives its state as "paused": its processes are frozen.`,
            `${count(own.length, 'running container')} would ask for it: ${askers(own)}.`,
          ],
          remedy: 'Unpause it ("docker unpause" on its host).',
          fixes: [
            {
              id: 'start-target',
              title: `Unpause ${place(to)}`,
              containerIds: [to.containerId],
              hostIds: [to.hostId],
            },
          ],
        },
      }
    })
  },
}
