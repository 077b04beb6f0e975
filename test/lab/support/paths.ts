import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'

const defaultName = 'swarm-networks-lab'

/**
 * The lab's name: of its network, its containers, its folders. `SWARM_LAB_NAME` names another one, to have a second lab
 * beside the first that shares nothing with it. Where files of tests run side by side, each worker has a lab of its own:
 * `SWARM_LABS` names them, and vitest counts its workers from 1.
 */
export const labName = process.env['SWARM_LAB_NAME'] ?? labOfWorker(process.env) ?? defaultName

function labOfWorker({ SWARM_LABS: labs, VITEST_POOL_ID: worker }: NodeJS.ProcessEnv): string | undefined {
  return labs?.split(' ')[Number(worker ?? 1) - 1]
}

/** The lab beside this one whose engines share a key-value store instead of a swarm. */
export const storeLabName = `${labName}-store`

/** As many labs as can have tests run in them side by side: this one, and others beside it of the same kind. */
export const sameLabs = [labName, `${labName}-2`, `${labName}-3`] as const

/** Every lab that may be beside this one. */
export const labsBeside = [storeLabName, ...sameLabs.slice(1)]

/** A number for the lab from 0 to 255, in its subnet and its bridge's name, so that two labs do not collide. */
export const labNumber = labName === defaultName ? 7 : createHash('sha256').update(labName).digest()[0]!

/** Where the lab keeps files. Only what is under `cache` but not under `state` outlives `lab:down`. */
export interface LabPaths {
  /** `SWARM_LAB_CACHE`, or the lab's name in the user's cache folder. */
  readonly cache: string
  /** This lab's keys, certificates, known hosts and description; mode 700, removed by `lab:down`. */
  readonly state: string
  /** The description of the running lab, in `state`. */
  readonly description: string
  readonly lock: string
  /** Images of the engine that the lab starts where none runs. */
  readonly engineData: string
  /** Root file systems bootstrapped from Debian's archive, shared by all labs of this user. */
  readonly rootfs: string
  /** Socket, process id and log of that engine; on a memory file system and short enough for a socket's path. */
  readonly engineRun: string
}

/** The files of this lab, or of the one called `name`. */
export function labPaths(name = labName, environment: NodeJS.ProcessEnv = process.env): LabPaths {
  const userCache = environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const chosen = environment['SWARM_LAB_CACHE']
  const shared = chosen ?? join(userCache, defaultName)
  const cache = name === defaultName ? shared : join(chosen ?? userCache, name)
  const state = join(cache, 'state')
  return {
    cache,
    state,
    description: join(state, 'lab.json'),
    lock: join(cache, 'lock'),
    engineData: join(cache, 'engine'),
    rootfs: join(shared, 'rootfs'),
    engineRun: `/run/${name}`,
  }
}
