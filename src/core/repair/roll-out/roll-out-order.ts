import type { ListeningSocket } from '../../examine/host/host-facts'
import type { Host } from '../../model/host'

/** What a host is to its swarm, as far as that decides when its turn comes. */
export type RollOutRole = 'none' | 'worker' | 'manager' | 'leader'

/** The turn of each: a leader that is restarted gives its office away, so that it is moved once, at the end. */
const turns: Readonly<Record<RollOutRole, number>> = { worker: 0, none: 1, manager: 2, leader: 3 }

/** Where managers listen for nodes and for each other. */
const managerPort = 2377

/**
 * What a host is to its swarm, by the newest snapshot. Where none ever said it, a host that listens as managers do counts as
 * one: rather a question too many than a second manager taken down.
 *
 * @param listening what an examination of the host found to listen there
 */
export function rollOutRole(
  { role, isLeader }: Pick<Host, 'role' | 'isLeader'>,
  listening: readonly ListeningSocket[] = [],
): RollOutRole {
  if (role === undefined)
    return listening.some(({ protocol, port }) => protocol === 'tcp' && port === managerPort) ? 'manager' : 'none'
  if (role === 'worker') return 'worker'
  return isLeader ? 'leader' : 'manager'
}

/** Workers first, then hosts outside of a swarm, then managers, the leader last; else as they came. */
export function inRollOutOrder<T extends { readonly role: RollOutRole }>(hosts: readonly T[]): readonly T[] {
  return hosts.toSorted((a, b) => turns[a.role] - turns[b.role])
}

/** Whether a host keeps a swarm's state, so that only one such may be away at a time. */
export function isManager(role: RollOutRole): boolean {
  return role === 'manager' || role === 'leader'
}
