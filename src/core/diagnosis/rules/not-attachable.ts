import type { Rule } from '../evidence'
import { failuresOfAbsent, unstarted } from '../unstarted'
import { containerNames, hostNames, place } from '../wording'

/** A container was to join a swarm network that only services may use. */
export const notAttachable: Rule = {
  id: 'not-attachable',
  diagnose(evidence) {
    // What was refused keeps its error until it is started: the network may have been made anew.
    if (evidence.network.isAttachable === true) return []
    const absent = unstarted(evidence).filter(({ error }) => error.includes('not manually attachable'))
    if (absent.length === 0) return []
    const { network, failures } = evidence
    const peers = absent.map(({ peer }) => peer)
    return [
      {
        explains: failuresOfAbsent(failures, absent),
        finding: {
          cause: 'not-attachable',
          title: `Containers cannot join ${network.name}: it is not attachable.`,
          confidence: 99,
          hosts: hostNames(peers),
          containers: containerNames(peers),
          evidence: absent.map(({ peer, error }) => `${place(peer)} was not started: “${error}”`),
          remedy: `Create the network again as attachable and move its members, or run the container as a service. It cannot be changed later.`,
          fixes: [],
        },
      },
    ]
  },
}
