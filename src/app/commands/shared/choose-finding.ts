import { SwarmNetworksError } from '../../../core/errors'
import type { ConnectivityRun } from '../../../core/connectivity/run'
import type { Finding, Fix } from '../../../core/diagnosis/finding'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { notify } from './notify'

/** A finding of a network's last test that offers a certain fix. */
export interface ChosenFinding {
  readonly networkKey: string
  readonly run: ConnectivityRun
  readonly finding: Finding
  readonly fix: Fix
}

/**
 * The finding of a tree node, or the one the user picks among those of all last tests that offer `fixId`. Undefined when
 * the user leaves, or after saying that there is none.
 *
 * @throws `not-found` when a newer test does not have the node's finding any more
 */
export async function chooseFinding(
  context: CommandContext,
  subject: NodeSubject | undefined,
  { fixId, title, none }: { readonly fixId: Fix['id']; readonly title: string; readonly none: string },
): Promise<ChosenFinding | undefined> {
  if (subject?.kind === 'finding') return requireFinding(context, subject, fixId)
  const candidates = context.fleet.fleet.networks.flatMap(({ key }) => offered(context, key, fixId))
  if (candidates.length === 0) {
    notify(context, 'info', none)
    return undefined
  }
  const items = candidates.map((candidate) => ({
    label: candidate.finding.title,
    description: candidate.run.network.name,
    detail: candidate.finding.remedy,
    icon: 'lightbulb',
    value: candidate,
  }))
  return context.ui.pick(items, { title, placeholder: 'Finding of the last test' })
}

/** The node of a finding. */
export type FindingSubject = Extract<NodeSubject, { readonly kind: 'finding' }>

/** @throws `not-found` when a newer test does not have the node's finding any more */
export function requireFinding(context: CommandContext, subject: FindingSubject, fixId: Fix['id']): ChosenFinding {
  const { networkKey, cause, index } = subject
  const finding = context.results.latest(networkKey)?.findings[index]
  const found = offered(context, networkKey, fixId).find((candidate) => candidate.finding === finding)
  if (found?.finding.cause === cause) return found
  throw new SwarmNetworksError('not-found', 'A newer test does not have this finding any more')
}

function offered(context: CommandContext, networkKey: string, fixId: Fix['id']): readonly ChosenFinding[] {
  const run = context.results.latest(networkKey)
  return (run?.findings ?? []).flatMap((finding) => {
    const fix = finding.fixes.find(({ id }) => id === fixId)
    return run && fix ? [{ networkKey, run, finding, fix }] : []
  })
}
