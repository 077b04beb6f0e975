import type { RepairDraft } from '../../../core/repair/plan'
import { requireNetwork } from './choose-network'
import type { CommandContext } from '../command'
import { offerRepair } from './offer-repair'
import { testAgain } from './test-network'
import { untilKnown } from './until'

/**
 * Offers a repair, and after it tests again what had failed on the network, if it was tested: the report then shows before
 * and after.
 *
 * @param networkName where the repair makes the network anew, under another ID
 */
export async function repairNetwork(
  context: CommandContext,
  draft: RepairDraft,
  { key, networkName }: { readonly key: string; readonly networkName?: string },
): Promise<void> {
  const last = context.results.latest(key)
  if ((await offerRepair(context, draft)) !== 'done' || last === undefined) return
  const made =
    networkName === undefined
      ? undefined
      : await untilKnown(context, () =>
          context.fleet.fleet.networks.find((network) => network.name === networkName && network.key !== key),
        )
  await testAgain(context, made ?? (await requireNetwork(context, key)), last)
}
