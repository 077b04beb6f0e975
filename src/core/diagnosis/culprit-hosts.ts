import { isBroken, type HostPath, type HostRef } from './host-paths'

/** Broken paths between hosts, and what they have in common. */
export interface BrokenPaths {
  /**
   * `host`: these hosts reach no other, while others reach each other; `pair`: only the way between these two is broken;
   * `all`: nothing gets through between any two hosts.
   */
  readonly shape: 'host' | 'pair' | 'all'
  /** The hosts that this is about; for `all` the one that all paths have in common comes first, if there is one. */
  readonly hosts: readonly HostRef[]
  readonly paths: readonly HostPath[]
}

/** Groups broken paths so that each group has one explanation. */
export function groupBrokenPaths(paths: readonly HostPath[]): readonly BrokenPaths[] {
  const broken = paths.filter(isBroken)
  if (broken.length === 0) return []
  if (broken.length === paths.length)
    return [{ shape: broken.length === 1 ? 'pair' : 'all', hosts: commonFirst(broken), paths: broken }]
  // Where a path between two other hosts works, a host with no working path of its own is the one to look at.
  const culprits = hostsOf(broken).filter(
    (host) => pathsOf(host, paths).length > 1 && pathsOf(host, paths).every(isBroken),
  )
  const isCulprits = ({ a, b }: HostPath) => culprits.some(({ id }) => id === a.id || id === b.id)
  const own = broken.filter(isCulprits)
  return [
    ...(own.length > 0 ? [{ shape: 'host', hosts: culprits, paths: own } as const] : []),
    ...broken
      .filter((path) => !isCulprits(path))
      .map((path) => ({ shape: 'pair', hosts: [path.a, path.b], paths: [path] }) as const),
  ]
}

function hostsOf(paths: readonly HostPath[]): readonly HostRef[] {
  return [...new Map(paths.flatMap(({ a, b }) => [a, b]).map((host) => [host.id, host])).values()]
}

function pathsOf({ id }: HostRef, paths: readonly HostPath[]): readonly HostPath[] {
  return paths.filter(({ a, b }) => a.id === id || b.id === id)
}

function commonFirst(paths: readonly HostPath[]): readonly HostRef[] {
  const hosts = hostsOf(paths)
  const isCommon = (host: HostRef) => pathsOf(host, paths).length === paths.length
  return [...hosts.filter(isCommon), ...hosts.filter((host) => !isCommon(host))]
}
