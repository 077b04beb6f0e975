import type { NodeAvailability } from '../../model/engine'
import type { Host } from '../../model/host'
import { enumerate } from '../../text/count'
import type { RepairDraft, RepairStep } from '../plan'

/** A node that takes nothing new, the manager that is asked, and what could not be started there. */
export interface InactiveNode {
  readonly host: Pick<Host, 'id' | 'name'>
  readonly nodeId: string
  readonly availability: NodeAvailability
  readonly manager: Pick<Host, 'id' | 'name'>
  readonly waiting: readonly { readonly id: string; readonly name: string }[]
}

/** Lets a swarm place containers on a node again, and starts those that it refused. */
export function planActivateNode({ host, nodeId, availability, manager, waiting }: InactiveNode): RepairDraft {
  const names = enumerate(waiting.map(({ name }) => name))
  const ofManager = { hostId: manager.id, hostName: manager.name }
  return {
    id: 'activate-node',
    title: `Set the node ${host.name} to active${waiting.length === 0 ? '' : `, and start ${names}`}`,
    hostIds: [...new Set([manager.id, ...(waiting.length === 0 ? [] : [host.id])])],
    consequences: [
      `The swarm may place tasks of services on ${host.name} again; those that run elsewhere stay where they are.`,
      `Somebody set it to “${availability}”, perhaps for work on it that is not done yet.`,
    ],
    risk: 'low',
    steps: [
      {
        id: 'set-active',
        title: `Set the availability of ${host.name} to active`,
        ...ofManager,
        action: { kind: 'node-availability', nodeId, availability: 'active' },
        check: {
          title: `${manager.name} gives ${host.name} the availability active`,
          look: { kind: 'node-availability', nodeId, availability: 'active' },
          tries: 5,
        },
        undo: { kind: 'node-availability', nodeId, availability },
      },
      ...waiting.flatMap((container) => startSteps(container, host)),
    ],
  }
}

/**
 * Starts a container that was refused, twice: the first time an engine may give it an address that another container has,
 * because it asks no manager for one (seen with Docker 26.1, which had refused it before; the second start asks).
 */
function startSteps({ id, name }: InactiveNode['waiting'][number], host: InactiveNode['host']): readonly RepairStep[] {
  const common = {
    hostId: host.id,
    hostName: host.name,
    check: {
      title: `${name} runs`,
      look: { kind: 'container-state', containerId: id, state: 'running' },
      tries: 10,
    },
    noUndoReason: `${name} was meant to run; stop it by hand where it is not wanted.`,
  } as const
  const short = id.slice(0, 12)
  return [
    {
      ...common,
      id: `start-${short}`,
      title: `Start ${name} on ${host.name}`,
      action: { kind: 'container-start', containerId: id },
    },
    {
      ...common,
      id: `restart-${short}`,
      title: `Start ${name} once more, so that it gets its address from the swarm`,
      action: { kind: 'container-restart', containerId: id },
    },
  ]
}
