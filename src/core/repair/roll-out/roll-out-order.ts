import type { Host } from '../../model/host'

/** What a host is to its swarm, as far as that decides when its turn comes. */
export type RollOutRole = 'none' | 'worker' | 'manager' | 'leader'

/** The turn of each: a leader that is restarted gives its office away, so that it is moved once, at the end. */
const turns: Readonly<Record<RollOutRole, number>> = { worker: 0, none: 1, manager: 2, leader: 3 }

/** What a host is to its swarm, by the newest snapshot. */
export function rollOutRole({ role, isLeader }: Pick<Host, 'role' | 'isLeader'>): RollOutRole {
  if (role === undefined) return 'none'
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
