import type { Host } from '../../model/host'
import type { RepairDraft } from '../plan'

/** A service, and the manager that is asked. */
export interface ReplacedService {
  readonly id: string
  readonly name: string
  readonly manager: Pick<Host, 'id' | 'name'>
}

/** Has the swarm make a service's tasks anew, one after another as the service's own rules for updates say. */
export function planReplaceTasks({ id, name, manager }: ReplacedService): RepairDraft {
  return {
    id: 'replace-tasks',
    title: `Replace the tasks of ${name}`,
    hostIds: [manager.id],
    consequences: [
      `Every task of ${name} is stopped and made anew, at the pace of its update settings; with one replica it is away meanwhile.`,
    ],
    risk: 'medium',
    steps: [
      {
        id: 'replace-tasks',
        title: `Ask the manager for new tasks of ${name}`,
        hostId: manager.id,
        hostName: manager.name,
        action: { kind: 'service-force-update', serviceId: id },
        noUndoReason: 'The old tasks are gone; the service itself is as it was.',
      },
    ],
  }
}
