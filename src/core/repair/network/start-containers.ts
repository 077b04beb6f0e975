import { enumerate } from '../../text/count'
import type { RepairDraft, RepairStep } from '../plan'
import { memberName, type MemberEndpoint } from './member-endpoint'

/** What a container that does not run needs: a paused one goes on, any other one is started. */
export type StoppedContainer = Pick<MemberEndpoint, 'host' | 'containerId' | 'container'> & {
  readonly isPaused: boolean
}

/** Starts containers, or lets paused ones go on. It is not undone by stopping them: they were meant to run. */
export function planStartContainers(containers: readonly StoppedContainer[]): RepairDraft {
  const starting = containers.filter(({ isPaused }) => !isPaused)
  return {
    id: 'start-containers',
    title: `${starting.length === 0 ? 'Unpause' : 'Start'} ${enumerate(containers.map(memberName))}`,
    hostIds: [...new Set(containers.map(({ host }) => host.id))],
    consequences: starting.map((container) => `${memberName(container)} may get another address than it had before.`),
    risk: 'low',
    steps: containers.map(startStep),
  }
}

function startStep({ host, containerId, container, isPaused }: StoppedContainer): RepairStep {
  return {
    id: `start-${containerId.slice(0, 12)}`,
    title: `${isPaused ? 'Unpause' : 'Start'} ${container}`,
    hostId: host.id,
    hostName: host.name,
    action: { kind: isPaused ? 'container-unpause' : 'container-start', containerId },
    check: {
      title: `${container} runs`,
      look: { kind: 'container-state', containerId, state: 'running' },
      tries: 10,
    },
    noUndoReason: 'It was meant to run; stop it in the tree.',
  }
}
