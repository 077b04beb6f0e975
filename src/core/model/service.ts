export type ServiceMode = 'replicated' | 'global' | 'replicated-job' | 'global-job'

/** A port of a service, and where the swarm publishes it. */
export interface ServicePort {
  readonly targetPort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  /** Absent while the swarm has not chosen one. */
  readonly publishedPort?: number
  /** `ingress`: on every node; `host`: on the nodes that run a task. */
  readonly publishMode: 'ingress' | 'host'
}

/** How a service is found by name on one network. */
export interface ServiceNetwork {
  readonly networkId: string
  /** The address that stands for all its tasks; absent in the mode `dnsrr`, and while a manager has not given it one. */
  readonly virtualAddress?: string
  /** Further names of the service there. */
  readonly aliases: readonly string[]
}

/** One service as a manager knows it (`GET /services`). */
export interface Service {
  readonly id: string
  readonly name: string
  readonly mode: ServiceMode
  /** How many tasks are wanted, or have to complete; absent for the global modes, where the nodes decide. */
  readonly replicas?: number
  /** Without the digest that the manager adds. */
  readonly image: string
  readonly ports: readonly ServicePort[]
  /** `vip`: its name is one address, behind which the kernel chooses a task; `dnsrr`: its name is its tasks' addresses. */
  readonly endpointMode?: 'vip' | 'dnsrr'
  /** Absent where the manager names none. */
  readonly networks?: readonly ServiceNetwork[]
  /** Milliseconds since the epoch, on the manager's clock. */
  readonly createdAt: number
  readonly updatedAt: number
  /** While an update or rollback goes on or stands still. */
  readonly update?: { readonly state: string; readonly message: string }
}

/** The states of a task, in the order in which it goes through them (swarmkit, `TaskState`). */
export const taskStates = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
] as const

export type TaskState = (typeof taskStates)[number] | 'unknown'

/** One try of the swarm to run a replica of a service (`GET /tasks`). */
export interface Task {
  readonly id: string
  readonly serviceId: string
  /** From 1; absent in the global modes. */
  readonly slot?: number
  /** Absent until the scheduler has placed it. */
  readonly nodeId?: string
  readonly state: TaskState
  /** What the swarm wants it to become; `running`, `ready` or `complete` for a task that is not history. */
  readonly desiredState: TaskState
  /** When it came into its state; milliseconds since the epoch, on the clock of whoever said so. */
  readonly since: number
  readonly createdAt: number
  /** Why it does not run: the scheduler's or the node's own words. */
  readonly error?: string
  readonly containerId?: string
  /** Its addresses, by network; absent until it has any. */
  readonly addresses?: readonly TaskAddress[]
}

export interface TaskAddress {
  readonly networkId: string
  readonly address: string
}

/** What one manager says of its swarm's services, at one moment. */
export interface ServiceReading {
  readonly services: readonly Service[]
  /** The tasks that should be there, however they fare. */
  readonly tasks: readonly Task[]
  /** Of the services that are in trouble: the last task of each slot that failed. */
  readonly failures: readonly Task[]
}

/** A service with its tasks, as the manager that speaks for its swarm knows them. */
export interface SwarmService extends Service {
  /** The host that is asked about it. */
  readonly managerId: string
  /** By slot, in the global modes by node. */
  readonly tasks: readonly Task[]
  /** The last task of each slot that failed, where one did. */
  readonly failures: readonly Task[]
  /** How many tasks run on nodes that are not down; in the job modes how many are complete. */
  readonly running: number
  readonly wanted: number
  /** Nothing goes on: all tasks that are wanted run or are complete. */
  readonly isSettled: boolean
  /** Why tasks do not run, in the swarm's own words: the first reason where there are several. */
  readonly problem?: string
}
