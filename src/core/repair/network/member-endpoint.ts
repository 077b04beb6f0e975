import type { Host } from '../../model/host'
import type { FleetNetwork } from '../../model/network'

/** How a container is joined to the network of a repair: what has to be there again when it is joined anew. */
export interface MemberEndpoint {
  readonly host: Pick<Host, 'id' | 'name'>
  readonly containerId: string
  readonly container: string
  readonly isRunning: boolean
  /** Names besides its own; without those that engines add by themselves. */
  readonly aliases: readonly string[]
  /** The address that its user chose; absent where the engine did. */
  readonly address?: string
  /** The service whose task it is: then it is the swarm that joins it, and nobody else can. */
  readonly service?: string
}

/** A network and all that is on it, as inspected just before the plan was made. */
export interface NetworkMembers {
  readonly network: FleetNetwork
  readonly members: readonly MemberEndpoint[]
}

/** `web at tolkewitz`. */
export function memberName({ container, host }: Pick<MemberEndpoint, 'container' | 'host'>): string {
  return `${container} at ${host.name}`
}
