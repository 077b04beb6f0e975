import type { Container } from '../../../core/model/container'
import type { ContainerClient } from '../../../core/ports/engine'

/** Gets a container to run: a paused one, which the engine refuses to start, goes on where it was. */
export function startOrUnpause(
  containers: Pick<ContainerClient, 'start' | 'unpause'>,
  { id, state }: Pick<Container, 'id' | 'state'>,
  signal: AbortSignal,
): Promise<void> {
  return state === 'paused' ? containers.unpause(id, signal) : containers.start(id, signal)
}
