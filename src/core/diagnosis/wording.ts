import type { Peer } from '../connectivity/types'
import { enumerate } from '../text/count'
import type { Failure } from './evidence'

/** `web on tolkewitz`. */
export function place({ container, host }: Pick<Peer, 'container' | 'host'>): string {
  return `${container} on ${host}`
}

export function unique<T>(items: Iterable<T>): readonly T[] {
  return [...new Set(items)]
}

/** Who asked, for instance `shell1, shell2 and 7 more`. */
export function askers(failures: readonly Failure[]): string {
  return enumerate(unique(failures.map(({ pair }) => pair.from.container)))
}

export function hostNames(peers: readonly Pick<Peer, 'host'>[]): readonly string[] {
  return unique(peers.map(({ host }) => host))
}

export function containerNames(peers: readonly Pick<Peer, 'container'>[]): readonly string[] {
  return unique(peers.map(({ container }) => container))
}
