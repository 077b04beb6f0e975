import type { Host } from '../../model/host'
import type { RepairDraft } from '../plan'

/** An endpoint that no container has any more. */
export interface StaleEndpoint {
  readonly network: string
  /** The name that the container had. */
  readonly container: string
  readonly host: Pick<Host, 'id' | 'name'>
}

/**
 * Takes an endpoint off a network that is left of a container which is gone. Engines take it by the container's name, and
 * only by force (moby#33156).
 */
export function planRemoveStaleEndpoint({ network, container, host }: StaleEndpoint): RepairDraft {
  return {
    id: 'remove-stale-endpoint',
    title: `Remove what is left of ${container} from ${network}`,
    hostIds: [host.id],
    consequences: [
      `A container ${container} that runs after all loses ${network} until it is connected again: the tree shows none.`,
    ],
    risk: 'medium',
    steps: [
      {
        id: 'remove-endpoint',
        title: `Disconnect the name ${container} from ${network} by force`,
        hostId: host.id,
        hostName: host.name,
        action: { kind: 'network-disconnect', network, container, force: true },
        noUndoReason: 'There is no container to connect again.',
      },
    ],
  }
}
