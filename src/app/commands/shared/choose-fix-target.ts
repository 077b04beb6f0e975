import { SwarmNetworksError } from '../../../core/errors'
import type { Fix } from '../../../core/diagnosis/finding'
import { allContainers } from '../../fleet-lookup'
import type { CommandContext } from '../command'
import { containerItem, type ChosenContainer } from './choose-container'
import { requireFinding, type ChosenFinding, type FindingSubject } from './choose-finding'

/** The container that a finding's fix is about; where it is about several, the one the user picks. */
export async function chooseFixTarget(
  context: CommandContext,
  subject: FindingSubject,
  fixId: Fix['id'],
): Promise<ChosenContainer | undefined> {
  const chosen = requireFinding(context, subject, fixId)
  const targets = fixTargets(context, chosen)
  const [first, ...others] = targets
  if (others.length === 0) return first
  return context.ui.pick(
    targets.map((target) => ({ ...containerItem(target), value: target })),
    { title: chosen.fix.title, placeholder: 'Container' },
  )
}

/**
 * The containers that a fix names, where they are now. Names are not looked at: an ID means the container that was
 * tested, and no other.
 *
 * @throws `not-found` when none of them exists any more
 */
export function fixTargets(
  context: CommandContext,
  { fix, finding }: Pick<ChosenFinding, 'fix' | 'finding'>,
): readonly [ChosenContainer, ...ChosenContainer[]] {
  const [first, ...others] = allContainers(context.fleet.fleet)
    .filter(({ container }) => fix.containerIds.includes(container.id))
    .filter(({ host }) => fix.hostIds.length === 0 || fix.hostIds.includes(host.id))
    .map((placed) => ({ ...placed, client: context.fleet.client(placed.host.id) }))
  if (first !== undefined) return [first, ...others]
  throw new SwarmNetworksError(
    'not-found',
    `${finding.containers.join(', ') || 'The container'} cannot be found any more`,
    {
      remedy: 'Test the network again.',
    },
  )
}
