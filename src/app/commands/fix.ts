import { SwarmNetworksError } from '../../core/errors'
import type { LinePlace } from '../contract/line-fixes'
import { fixOffers, type FixOffer } from '../fixes/fix-offers'
import type { NodeSubject } from '../tree/tree-node'
import type { PickItem } from '../ui'
import type { Command, CommandContext } from './command'
import { showReport } from './show-report'
import { fixCommands } from './shared/fix-commands'

/**
 * What helps against what the last test found about a thing: each fix by its own command, with its own plan. Where there
 * is none for a finding, it says what to do by hand.
 */
export const fix: Command = {
  id: 'swarmNetworks.fix',
  async run(context, subject) {
    if (subject?.kind === 'contract-line') return fixLine(context, subject)
    const offers = fixOffers(subject, { fleet: context.fleet.fleet, results: context.results })
    if (offers.length === 0) throw nothing(context, subject)
    // Also where there is only one: nothing is done before its user has read what it is.
    const chosen = await context.ui.pick(offers.map(itemOf), { title: 'Fix', placeholder: 'What helps against it' })
    if (chosen === undefined) return
    if (chosen.fix !== undefined) return fixCommands[chosen.fix.id].run(context, chosen.subject)
    const action = 'Show Report'
    const { title, remedy } = chosen.finding
    if ((await context.ui.info(`${title} ${remedy}`, [action])) === action)
      await showReport.run(context, { kind: 'test-result', networkKey: chosen.subject.networkKey })
  },
}

/** The quick fixes of a contract's line, each with the test of the line behind it. */
async function fixLine({ ui, lineFixes }: CommandContext, line: LinePlace): Promise<void> {
  const fixes = lineFixes.of(line)
  if (fixes.length === 0)
    throw new SwarmNetworksError('not-found', 'The line holds, or was changed since it was tested', {
      remedy: 'Test the contract again in the Testing view.',
    })
  const items = fixes.map((value) => ({ label: value.title, icon: icons[value.kind], value }))
  const chosen = await ui.pick(items, { title: 'Fix', placeholder: line.title })
  if (chosen !== undefined) await lineFixes.apply(line.address, chosen)
}

const icons = { command: 'lightbulb', test: 'beaker' } as const

function itemOf(offer: FixOffer): PickItem<FixOffer> {
  const { network, finding } = offer
  if (offer.fix)
    return { label: offer.fix.title, description: network, detail: finding.title, icon: 'lightbulb', value: offer }
  return {
    label: finding.title,
    description: `${network} · by hand`,
    detail: finding.remedy,
    icon: 'info',
    value: offer,
  }
}

function nothing({ results }: CommandContext, subject: NodeSubject | undefined): SwarmNetworksError {
  const key = subject !== undefined && 'networkKey' in subject ? subject.networkKey : undefined
  const isTested = key === undefined || results.latest(key) !== undefined
  return isTested
    ? new SwarmNetworksError('not-found', 'The last tests with all checks have found nothing to fix there', {
        remedy: 'Test again where something is wrong now.',
      })
    : new SwarmNetworksError('not-found', 'That network was not tested yet with all checks', {
        remedy: 'Use "Test Connectivity…" first.',
      })
}
