import Docker from 'dockerode'
import { LabError } from '../support/lab-error'
import type { LabPaths } from '../support/paths'
import type { LabTask } from '../support/task'
import { readDescription } from '../machines/description'
import { answers } from './answers'
import { ownEngineSocket, startOwnEngine } from './own-engine'

/** The engine that runs the machines. */
export interface LocalEngine {
  readonly docker: Docker
  readonly socket: string
  /** Whether the lab started it, and so stops it. */
  readonly own: boolean
}

/** The engine at `socket` if it answers. */
export async function engineAt(socket: string, own: boolean): Promise<LocalEngine | undefined> {
  return (await answers(socket)) ? { docker: new Docker({ socketPath: socket }), socket, own } : undefined
}

/** Where engines are looked for: the one named in `SWARM_LAB_ENGINE` or `DOCKER_HOST`, or else the usual socket. */
function candidates(environment: NodeJS.ProcessEnv): readonly string[] {
  const named = environment['SWARM_LAB_ENGINE'] ?? environment['DOCKER_HOST'] ?? ''
  if (named === 'own') return []
  return [named.startsWith('unix://') ? named.slice('unix://'.length) : '/var/run/docker.sock']
}

/** The engine that runs this lab now, or could: the lab's own one first. Starts nothing. */
export async function findEngine(paths: LabPaths): Promise<LocalEngine | undefined> {
  const described = (await readDescription(paths))?.engine
  const places = [
    ...(described === undefined ? [] : [described]),
    { socket: ownEngineSocket(paths), own: true },
    ...candidates(process.env).map((socket) => ({ socket, own: false })),
  ]
  for (const { socket, own } of places) {
    const engine = await engineAt(socket, own)
    if (engine !== undefined) return engine
  }
  return undefined
}

/**
 * An engine for the lab: one that runs already, or one of the lab's own.
 * @throws LabError where none runs and none can be started.
 */
export async function openEngine(task: LabTask): Promise<LocalEngine> {
  const found = await findEngine(task.paths)
  if (found !== undefined) return found
  const socket = await startOwnEngine(task)
  const engine = await engineAt(socket, true)
  if (engine === undefined) throw new LabError(`the lab's engine does not answer at ${socket}`)
  return engine
}
