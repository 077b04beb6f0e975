import { findEngine } from './engine/local-engine'
import { readDescription, type LabDescription, type MachineDescription } from './machines/description'
import { Machine } from './machines/machine'
import { storeSeenBy } from './machines/store'
import { nodesOf, swarmInfo } from './machines/swarm'
import { messageOf } from './support/lab-error'
import type { LabPaths } from './support/paths'

export interface MachineStatus extends MachineDescription {
  readonly up: boolean
  /** What is wrong where it is not up. */
  readonly problem?: string
  readonly engineVersion?: string
  /** `ready manager`, `ready worker` and so on, as the swarm's manager sees it; or the key-value store that it uses. */
  readonly node?: string
  /** Its docker.sock as seen from here, for root. */
  readonly socket?: string
}

export interface LabStatus {
  readonly up: boolean
  readonly lab: LabDescription | undefined
  readonly machines: readonly MachineStatus[]
}

const answerWithinMs = 10_000

/** What runs of the lab. A machine that does not answer is down, not an error. */
export async function labStatus(paths: LabPaths): Promise<LabStatus> {
  const lab = await readDescription(paths)
  const engine = lab === undefined ? undefined : await findEngine(paths)
  if (lab === undefined || engine === undefined) return { up: false, lab, machines: [] }
  const machines = lab.machines.map((machine) => new Machine(machine, engine.docker))
  const signal = AbortSignal.timeout(answerWithinMs)
  // Where the manager does not answer, its own line says why, and no other machine counts as a ready node.
  const nodes = lab.store === undefined ? await nodesOf(machines[0]!, signal).catch(() => []) : []
  const statuses = await Promise.all(
    machines.map(async (machine): Promise<MachineStatus> => {
      try {
        const version = await machine.run(['docker', 'version', '--format', '{{.Server.Version}}'], { signal })
        const common = { ...machine.description, engineVersion: version.trim(), socket: await machine.socket() }
        if (lab.store !== undefined) {
          const store = await storeSeenBy(machine, signal)
          return { ...common, up: store === lab.store.url, node: store }
        }
        const { NodeID, ControlAvailable } = await swarmInfo(machine, signal)
        const node = nodes.find(({ ID }) => ID === NodeID)
        return {
          ...common,
          up: node?.Status === 'Ready',
          node: `${(node?.Status ?? 'no node').toLowerCase()} ${ControlAvailable ? 'manager' : 'worker'}`,
        }
      } catch (error) {
        return { ...machine.description, up: false, problem: messageOf(error) }
      }
    }),
  )
  return { up: statuses.every(({ up }) => up), lab, machines: statuses }
}
