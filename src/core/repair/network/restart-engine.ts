import type { Container } from '../../model/container'
import type { Host } from '../../model/host'
import { enumerate } from '../../text/count'
import type { RepairDraft } from '../plan'
import { rootCommand } from './host-command'

/** A container of the host whose engine is restarted, and whether the engine starts it again by itself. */
export interface RestartedContainer extends Pick<Container, 'name'> {
  /** Its restart policy, as inspected: `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly restart: string
  /** The swarm makes its tasks anew, wherever it likes. */
  readonly isTask: boolean
}

/**
 * Restarts Docker on a host, which makes it learn anew who is there: its peers, and where their containers are. Swarm mode
 * forbids live-restore, so its containers stop.
 *
 * @param running containers that run there now
 */
export function planRestartEngine(
  host: Pick<Host, 'id' | 'name'>,
  running: readonly RestartedContainer[],
): RepairDraft {
  return {
    id: 'restart-engine',
    title: 'Restart Docker',
    hostIds: [host.id],
    consequences: restartConsequences(host, running),
    risk: 'medium',
    steps: [
      {
        id: 'restart-docker',
        title: 'Restart docker.service',
        hostId: host.id,
        hostName: host.name,
        action: { ...rootCommand('systemctl', 'restart', 'docker.service'), deadlineMs: 120_000 },
        check: {
          title: 'Docker is active',
          look: rootCommand('systemctl', 'is-active', '--quiet', 'docker.service'),
          tries: 30,
        },
        noUndoReason: 'A restart cannot be taken back.',
      },
    ],
  }
}

/** Which containers stop with their engine, and which of them come back. */
export function restartConsequences(
  { name }: Pick<Host, 'name'>,
  running: readonly RestartedContainer[],
): readonly string[] {
  const names = (list: readonly RestartedContainer[]) =>
    enumerate(
      list.map((container) => container.name),
      20,
    )
  const tasks = running.filter(({ isTask }) => isTask)
  const others = running.filter(({ isTask }) => !isTask)
  // A container that the engine itself stops did not fail: `on-failure` starts it after a restart all the same, as its
  // status is not 0 when it was killed; whether it is depends on the process.
  const back = others.filter(({ restart }) => restart === 'always' || restart === 'unless-stopped')
  const maybe = others.filter(({ restart }) => restart === 'on-failure')
  const gone = others.filter((container) => !back.includes(container) && !maybe.includes(container))
  return [
    ...(running.length === 0 ? [`No container runs on ${name}.`] : []),
    ...(back.length === 0 ? [] : [`Stop and start again by their restart policy: ${names(back)}.`]),
    ...(tasks.length === 0 ? [] : [`Stop, and the swarm makes their tasks anew here or elsewhere: ${names(tasks)}.`]),
    ...(maybe.length === 0 ? [] : [`Stop, and start again only if they end with an error: ${names(maybe)}.`]),
    ...(gone.length === 0 ? [] : [`Stop and stay stopped, because they have no restart policy: ${names(gone)}.`]),
  ]
}
