import type { ContainerReading } from '../host-checks/hosts-reading'
import type { Evidence, Failure } from './evidence'

/** Containers that were never started, with the engine's words where it tried; they have no name and no address. */
export function unstarted({ reading }: Evidence): readonly (ContainerReading & { readonly error: string })[] {
  return (reading?.containers ?? []).flatMap((container) => {
    const { exit, peer } = container
    return exit !== undefined && peer.state === 'created' ? [{ ...container, error: exit.error }] : []
  })
}

/** What their absence makes fail. */
export function failuresOfAbsent(
  failures: readonly Failure[],
  absent: readonly ContainerReading[],
): readonly Failure[] {
  const ids = new Set(absent.map(({ peer }) => peer.containerId))
  return failures.filter(({ pair, check }) => check.kind === 'target' && ids.has(pair.to.containerId))
}

/** The engine asked a manager, and got no address in time (moby, daemon/cluster/executor and networks.go). */
export function isUnallocated(error: string): boolean {
  return error.includes('attaching to network failed, make sure your network options are correct')
}
