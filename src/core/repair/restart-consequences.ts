import type { HostFacts } from '../examine/host/host-facts'
import { enumerate } from '../text/count'
import { singleLine } from '../text/single-line'
import type { HostContainer } from './container-look'
import type { RepairRisk } from './plan'
import type { RepairSituation } from './situation'

/** What a restart of the engine does to the containers of its host. */
export interface RestartEffect {
  readonly consequences: readonly string[]
  readonly risk: RepairRisk
}

/**
 * Who stops when the engine is restarted, and who comes back: by the restart policy, as moby's daemon restores containers
 * when it starts (`daemon/daemon.go`, `restore`).
 */
export function restartEffect({ containers, facts, quorum }: RepairSituation): RestartEffect {
  const effect = effectOnContainers(containers, facts)
  // One that does not run is no part of the majority.
  return quorum === undefined || !isEngineUp(facts) ? effect : withQuorum(effect, quorum)
}

/** The same with what the swarm lacks meanwhile. */
export function withQuorum({ consequences, risk }: RestartEffect, quorum: string | undefined): RestartEffect {
  if (quorum === undefined) return { consequences, risk }
  return { consequences: [...consequences, quorum], risk: risk === 'low' ? 'medium' : risk }
}

function effectOnContainers(containers: readonly HostContainer[] | undefined, facts: HostFacts): RestartEffect {
  if (containers === undefined)
    return { consequences: ['Which containers stop and come back could not be seen.'], risk: 'high' }
  return isEngineUp(facts) ? restarted(containers, facts) : started(containers)
}

function restarted(containers: readonly HostContainer[], facts: HostFacts): RestartEffect {
  if (keepsContainers(facts))
    return { consequences: ['The engine is restarted; live-restore keeps its containers running.'], risk: 'low' }
  return whoStops(containers)
}

/** Who stops with an engine that is restarted, and who comes back. */
export function whoStops(containers: readonly HostContainer[]): RestartEffect {
  const running = containers.filter(({ isRunning }) => isRunning)
  const returning = running.filter(comesBack)
  const tasks = running.filter(({ isTask }) => isTask)
  const ended = running.filter((container) => !comesBack(container) && !container.isTask)
  const starting = containers.filter(({ isRunning, restartPolicy }) => !isRunning && restartPolicy === 'always')
  return {
    consequences: [
      running.length === 0 ? 'The engine is restarted; no container runs on it.' : 'The engine is restarted.',
      ...listed('These containers stop and come back by their restart policy', returning),
      ...listed('These stop, and the swarm replaces them, here or on another host', tasks),
      ...listed('These stop and stay stopped, having no restart policy that starts them', ended),
      ...listed('These are stopped now and start too, their policy being “always”', starting),
    ],
    risk: ended.length > 0 ? 'high' : running.length > 0 ? 'medium' : 'low',
  }
}

function started(containers: readonly HostContainer[]): RestartEffect {
  const ended = containers.filter((one) => one.isRunning && !comesBack(one) && !one.isTask)
  return {
    consequences: [
      'The engine is started.',
      ...listed('These containers come back by their restart policy', containers.filter(comesBack)),
      ...listed('These ran and stay stopped, having no restart policy that starts them', ended),
    ],
    risk: 'low',
  }
}

/** The names of those that are to run again once the engine does; none where nobody could see them. */
export function whoReturns({ containers = [], facts }: RepairSituation): readonly string[] {
  const isUp = isEngineUp(facts)
  return containers.filter((one) => comesBack(one) && (one.isRunning || !isUp)).map(({ name }) => name)
}

/** `on-failure` starts only what ended with a status other than 0, which a stop may or may not lead to. */
function comesBack({ restartPolicy, isTask, isStoppedByHand }: HostContainer): boolean {
  return !isTask && (restartPolicy === 'always' || (restartPolicy === 'unless-stopped' && !isStoppedByHand))
}

/** Whether the engine runs, as the examination saw it. */
export function isEngineUp({ units, processes }: HostFacts): boolean {
  const service = units.find(({ name }) => name === 'docker.service')
  return service === undefined ? processes.some(({ name }) => name === 'dockerd') : service.activeState === 'active'
}

function keepsContainers({ daemonJson, commandLine }: HostFacts): boolean {
  return (
    daemonJson.directives?.['live-restore'] === true ||
    commandLine.flags.some(({ name, value }) => name === 'live-restore' && value !== 'false')
  )
}

function listed(what: string, containers: readonly HostContainer[]): readonly string[] {
  if (containers.length === 0) return []
  const names = containers.map(({ name }) => singleLine(name, 60))
  return [`${what}: ${enumerate(names, 20)}.`]
}
