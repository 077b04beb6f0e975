import { groupBy } from '../../collections/group-by'
import { stateInWords } from '../../connectivity/plan'
import type { Peer } from '../../connectivity/types'
import { count } from '../../text/count'
import type { Rule } from '../evidence'
import type { Fix } from '../finding'
import { askers, place } from '../wording'

/** The engine itself says that the target does not run; nothing has to be concluded. */
export const targetNotRunning: Rule = {
  id: 'target-not-running',
  diagnose({ failures, reading }) {
    const stopped = failures.filter(
      ({ pair, check }) => check.observation === 'not-running' && pair.to.state !== 'paused',
    )
    return [...groupBy(stopped, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const said = reading?.containers.find(({ peer }) => peer.containerId === to.containerId)?.exit?.error ?? ''
      return {
        explains: own,
        finding: {
          cause: 'target-not-running',
          title: `${place(to)} ${stateInWords(to)}.`,
          confidence: 99,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `The engine of ${to.host} gives its state as "${to.state}".`,
            ...(said === '' ? [] : [`Its engine says why: “${said}”`]),
            `${count(own.length, 'running container')} would ask for it: ${askers(own)}.`,
          ],
          remedy: remedyFor(to),
          fixes: fixesFor(to),
        },
      }
    })
  },
}

function canBeStarted({ state, service }: Peer): boolean {
  return service === undefined && (state === 'exited' || state === 'created')
}

function remedyFor(to: Peer): string {
  if (canBeStarted(to)) return 'Start it; its log says why it ended. Its address may be another one afterwards.'
  if (to.service !== undefined) return `The swarm starts the tasks of ${to.service}; the log says why this one ended.`
  return 'Its log says why it does not stay up.'
}

function fixesFor(to: Peer): readonly Fix[] {
  const on = { containerIds: [to.containerId], hostIds: [to.hostId] }
  const logs: Fix = { id: 'show-logs', title: `Show the log of ${place(to)}`, ...on }
  return canBeStarted(to) ? [{ id: 'start-target', title: `Start ${place(to)}`, ...on }, logs] : [logs]
}
