import type { ContainerState } from '../model/container'
import type { NodeAvailability } from '../model/engine'
import type { NetworkSpec } from '../ports/engine'

/**
 * A repair as data: what will be done, in which order, how each step is checked and how it is taken back. The user reads
 * it before anything runs; whoever runs it adds nothing but the record (`record.ts`).
 */
export interface RepairPlan {
  /** The fix's id: the file in `fixes/` that made it. */
  readonly id: string
  /** What is done, as a sentence without a full stop: `Move the drop-in override.conf of docker.service aside`. */
  readonly title: string
  /** The name of its record, from `recordName`. Steps may keep copies of files in the record's folder on their host. */
  readonly record: string
  /** Hosts that are touched, by id. */
  readonly hostIds: readonly string[]
  /** What else happens because of it, one sentence each: containers that stop and whether they come back. */
  readonly consequences: readonly string[]
  readonly risk: RepairRisk
  readonly steps: readonly RepairStep[]
  /** What a person should know who takes it back, as a sentence; absent where there is nothing to know. */
  readonly undoNote?: string
}

/** A plan that has no record yet: it gets one when it is shown to be run. */
export type RepairDraft = Omit<RepairPlan, 'record'>

/** `low`: nothing stops. `medium`: something stops and comes back. `high`: something is gone, or may not come back. */
export type RepairRisk = 'low' | 'medium' | 'high'

export interface RepairStep {
  /** Unique in its plan, kebab-case. */
  readonly id: string
  /** What it does, as a sentence without a full stop. */
  readonly title: string
  /** The host it runs on, by id, and its name as the user sees it. */
  readonly hostId: string
  readonly hostName: string
  /** Has to bear being run again: a step whose end is not known may be repeated. */
  readonly action: RepairAction
  /** Looks whether it did what it should; a step whose check fails has failed. */
  readonly check?: RepairCheck
  /** What takes it back, also where it was only half done; absent where there is nothing to take back. */
  readonly undo?: RepairAction
  /** `last`: after what the others take back, in the plan's order, as reloading what was put back. In reverse where absent. */
  readonly undoOrder?: 'last'
  /** Why it cannot be taken back, where it changes something and cannot. */
  readonly noUndoReason?: string
}

export type RepairAction = HostAction | EngineAction

/** A command on the host itself, over SSH. */
export interface HostAction {
  readonly kind: 'command'
  /** Each argument arrives as it is given. Shown to the user as a command line, and kept: no secrets. */
  readonly command: readonly string[]
  /** What it reads from its standard input; shown and kept, too. */
  readonly input?: string
  readonly asRoot: boolean
  /** Milliseconds. */
  readonly deadlineMs: number
}

/** A call of an engine's API. The names are those of the Docker API's operations. */
export type EngineAction =
  | { readonly kind: 'container-start' | 'container-restart' | 'container-unpause'; readonly containerId: string }
  | {
      readonly kind: 'network-connect'
      /** Its ID or name. */
      readonly network: string
      readonly containerId: string
      readonly aliases: readonly string[]
      /** A fixed address; the engine chooses where absent. */
      readonly address?: string
    }
  | {
      readonly kind: 'network-disconnect'
      readonly network: string
      readonly container: string
      /** Also where the engine does not know the container any more. */
      readonly force: boolean
    }
  | { readonly kind: 'network-create'; readonly spec: NetworkSpec }
  | { readonly kind: 'network-remove'; readonly network: string }
  /** Asks the scheduler for new tasks without changing what the service is. */
  | { readonly kind: 'service-force-update'; readonly serviceId: string }
  /** Whether the swarm places containers on a node. */
  | { readonly kind: 'node-availability'; readonly nodeId: string; readonly availability: NodeAvailability }

/** A look at the outcome. It changes nothing. */
export interface RepairCheck {
  /** What is to be true, as a sentence without a full stop. */
  readonly title: string
  readonly look: RepairLook
  /** How often it is looked, a second apart, before it counts as failed; once where absent. */
  readonly tries?: number
}

export type RepairLook =
  | (HostAction & {
      /** The exit status that says so; 0 where absent. */
      readonly status?: number
    })
  | { readonly kind: 'container-state'; readonly containerId: string; readonly state: ContainerState }
  | {
      readonly kind: 'container-on-network'
      readonly containerId: string
      /** Its name or ID. */
      readonly network: string
      readonly isOn: boolean
    }
  | { readonly kind: 'network-exists'; readonly network: string; readonly exists: boolean }
  | { readonly kind: 'node-availability'; readonly nodeId: string; readonly availability: NodeAvailability }
