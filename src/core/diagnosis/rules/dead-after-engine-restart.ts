import type { Rule } from '../evidence'
import { failuresOfAbsent } from '../unstarted'
import { place } from '../wording'

/**
 * A container that should be restarted whatever happens has ended by SIGKILL without an error: so it is left where the engine
 * died and could not attach it to its swarm network in time after the restart (moby issue 32607).
 */
export const deadAfterEngineRestart: Rule = {
  id: 'dead-after-engine-restart',
  diagnose({ reading, failures, network }) {
    if (network.driver !== 'overlay') return []
    const dead = (reading?.containers ?? []).filter(
      ({ peer, exit }) =>
        peer.state === 'exited' &&
        peer.service === undefined &&
        exit?.code === 137 &&
        exit.error === '' &&
        (exit.restart === 'always' || exit.restart === 'unless-stopped'),
    )
    return dead.map(({ peer, exit }) => ({
      explains: failuresOfAbsent(failures, [{ peer }]),
      finding: {
        cause: 'dead-after-engine-restart',
        title: `${place(peer)} did not come back, though it is to be restarted “${exit?.restart ?? ''}”.`,
        confidence: 70,
        hosts: [peer.host],
        containers: [peer.container],
        evidence: [
          `It ended with status 137 (killed), and its engine names no error.`,
          ...(exit?.finishedAt === undefined ? [] : [`It ended at ${new Date(exit.finishedAt).toISOString()}.`]),
          `Its restart policy is “${exit?.restart ?? ''}”; after a crash of the engine containers on swarm networks stay down, because the swarm is not ready yet when they are started.`,
        ],
        remedy: 'Start it. Its address may be another one afterwards.',
        fixes: [
          {
            id: 'start-target' as const,
            title: `Start ${place(peer)}`,
            containerIds: [peer.containerId],
            hostIds: [peer.hostId],
          },
          {
            id: 'show-logs' as const,
            title: `Show the log of ${place(peer)}`,
            containerIds: [peer.containerId],
            hostIds: [peer.hostId],
          },
        ],
        alternatives: [
          'Somebody stopped it, and its process ignored SIGTERM: that looks the same.',
          'The kernel killed it for want of memory (then “OOMKilled” is true in its details).',
        ],
      },
    }))
  },
}
