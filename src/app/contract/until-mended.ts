import type { Clock } from '../../core/ports/environment'
import { untilKnown } from '../commands/shared/until'
import type { FleetAccess } from '../fleet-access'
import { findContainer } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'

/**
 * Waits until the fleet knows that what a quick fix acted on runs, with a bound: a test before that would ask the old
 * address, or nobody.
 */
export async function untilMended(
  context: { readonly fleet: FleetAccess; readonly clock: Clock },
  subject: NodeSubject,
): Promise<void> {
  if (subject.kind !== 'container') return
  await untilKnown(context, () => {
    const now = findContainer(context.fleet.fleet, subject.hostId, subject.containerId)
    const hasAddress = now?.container.attachments.some(({ address }) => address !== undefined)
    return now?.container.state === 'running' && hasAddress ? now : undefined
  })
}
