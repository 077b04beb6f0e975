import type { SwarmService } from '../../model/service'
import type { Check, CheckResult, Peer } from '../types'

/**
 * What kind of name: a service's own; `tasks.` before it, which always means its tasks; an alias of a service or a
 * container; a container's name with the network's behind it.
 */
export type NameForm = 'service' | 'tasks' | 'alias' | 'full-name'

/** An address that a name may lead to. */
export interface MeantAddress {
  readonly address: string
  /** Whose it is, for a person. */
  readonly owner: string
  /** Whether the answer has to have it: the task of a service may be too young, or unwell, to be named. */
  readonly isRequired: boolean
}

/** A name on the network besides those of its containers. */
export interface FurtherName {
  readonly name: string
  readonly form: NameForm
  /** What it stands for, for instance `service web` or `web on tolkewitz`. */
  readonly standsFor: string
  /** The service, where it is one's. */
  readonly service?: string
  /** How the service is found by name, where a manager says. */
  readonly endpointMode?: 'vip' | 'dnsrr'
  /** How many tasks are wanted, where it can be scaled. */
  readonly replicas?: number
  /** It publishes ports through the swarm, which needs an address of its own. */
  readonly isPublished?: true
  readonly meant: readonly MeantAddress[]
  /** Whether an address that is not among them is known to be wrong: not so while a host cannot be asked. */
  readonly isWhole: boolean
  /** The service's own address, at which TCP is tried. */
  readonly virtualAddress?: string
  /** The source is a task of the service: then it is not tried. */
  readonly isOwn?: true
  /** The ports that its tasks expose, where TCP is tried; on none it is tried on an unused one, which the tasks refuse. */
  readonly ports: readonly number[]
}

/** One name to be asked for from one container. */
export interface PlannedName {
  readonly from: Peer
  readonly target: FurtherName
}

export interface NameResult extends PlannedName {
  readonly result: CheckResult
  /** What failed first, or why nothing could be tested. */
  readonly reason?: string
  readonly checks: readonly Check[]
  /** Whether the source's kernel has what virtual addresses need; absent where nobody asked. */
  readonly hasIpvs?: boolean
}

/** A container's address on its host's gateway bridge, by which it reaches what is outside of its networks. */
export interface GatewayAddress {
  readonly containerId: string
  readonly container: string
  readonly hostId: string
  readonly host: string
  readonly address: string
}

/** What engines and managers say of names just before a test, besides what the fleet knows. */
export interface NameReading {
  /** Of the network's swarm; absent where no manager could be asked. */
  readonly services?: readonly Pick<
    SwarmService,
    'id' | 'name' | 'mode' | 'replicas' | 'ports' | 'endpointMode' | 'networks' | 'tasks'
  >[]
  /** Further names that somebody gave containers on the network, by `hostId containerId`. */
  readonly aliases: ReadonlyMap<string, readonly string[]>
  readonly gateways: readonly GatewayAddress[]
  /** What could not be read, and why; one sentence each. */
  readonly notes: readonly string[]
}

/** A name that is asked for from a container: the same in two tests. */
export function nameKey({ from, target }: Pick<NameResult, 'from' | 'target'>): string {
  return `${from.containerId} ${target.name}`
}
