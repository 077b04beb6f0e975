import type { ConnectivityRun } from '../../../core/connectivity/run'
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
  const network = { key, networkName, started: startedBy(draft) }
  await untilKnown(context, () => (isSettled(context, network, last) ? true : undefined), settleMs)
  const made = context.fleet.fleet.networks.find((network) => network.name === networkName && network.key !== key)
  await testAgain(context, made ?? (await requireNetwork(context, key)), last)
}

/** How long the engines' events may take until the fleet knows of everybody who was joined again, in milliseconds. */
const settleMs = 15_000

interface RepairedNetwork {
  readonly key: string
  readonly networkName: string | undefined
  /** Containers that run after the repair, and did not before. */
  readonly started: ReadonlySet<string>
}

function startedBy({ steps }: RepairDraft): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ action }) =>
      action.kind === 'container-start' || action.kind === 'container-unpause' ? [action.containerId] : [],
    ),
  )
}

/** Whether all containers that were tested and run have an address again: a test before that would ask for none. */
function isSettled(
  { fleet }: CommandContext,
  { key, networkName, started }: RepairedNetwork,
  last: ConnectivityRun,
): boolean {
  const { networks } = fleet.fleet
  const network =
    networkName === undefined
      ? networks.find((candidate) => candidate.key === key)
      : networks.find((candidate) => candidate.name === networkName && candidate.key !== key)
  const tested = new Set(last.pairs.flatMap(({ from, to }) => [from.containerId, to.containerId]))
  const members = network?.members.filter(({ containerId }) => tested.has(containerId)) ?? []
  return (
    members.length === tested.size &&
    members.every(({ isRunning, address }) => !isRunning || address !== undefined) &&
    members.every(({ containerId, isRunning }) => isRunning || !started.has(containerId))
  )
}
