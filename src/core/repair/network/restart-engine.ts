import type { Host } from '../../model/host'
import type { HostContainer } from '../container-look'
import type { RepairDraft } from '../plan'
import { whoStops, withQuorum } from '../restart-consequences'
import { rootCommand } from '../host-command'

/**
 * Restarts Docker on a host, which makes it learn anew who is there: its peers, and where their containers are. Swarm mode
 * forbids live-restore, so its containers stop.
 *
 * @param containers those of the host, with their restart policies as inspected
 * @param quorum what its swarm lacks meanwhile, as a sentence; undefined where it lacks nothing
 */
export function planRestartEngine(
  host: Pick<Host, 'id' | 'name'>,
  containers: readonly HostContainer[],
  quorum?: string,
): RepairDraft {
  const { consequences, risk } = withQuorum(whoStops(containers), quorum)
  return {
    id: 'restart-engine',
    title: 'Restart Docker',
    hostIds: [host.id],
    consequences,
    risk,
    steps: [
      {
        id: 'restart-docker',
        title: 'Restart docker.service',
        hostId: host.id,
        hostName: host.name,
        action: rootCommand(['systemctl', 'restart', 'docker.service'], 120_000),
        check: {
          title: 'Docker is active',
          look: rootCommand(['systemctl', 'is-active', '--quiet', 'docker.service']),
          tries: 30,
        },
        noUndoReason: 'A restart cannot be taken back.',
      },
    ],
  }
}
