import type { Host } from '../../../core/model/host'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { requireHost } from './choose-container'

/** The host that was clicked, and those of the others that were selected with it that have a way in over SSH. */
export function selectedHosts(
  context: CommandContext,
  clicked: string,
  selected: readonly NodeSubject[],
): readonly Host[] {
  const ids = new Set([clicked, ...selected.flatMap((one) => (one.kind === 'host' ? [one.hostId] : []))])
  return [...ids]
    .map((id) => requireHost(context, id))
    .filter(({ id, sshTarget }) => id === clicked || sshTarget !== undefined)
}
