import type { PairFilter } from '../../../core/connectivity/plan'
import type { ConnectivityRun, PairResult } from '../../../core/connectivity/types'
import { diagnose } from '../../../core/diagnosis/diagnose'
import type { FleetNetwork } from '../../../core/model/network'
import { markdownReport } from '../../../core/report/markdown-report'
import { summarize } from '../../../core/report/summary'
import { runConnectivityTest } from '../../connectivity-service'
import { findNetwork } from '../../fleet-lookup'
import type { CommandContext } from '../command'
import { notify } from './notify'

/** Tests all pairs with progress and cancel, keeps the result, shows the report and says the outcome in one line. */
export async function testNetwork(context: CommandContext, network: FleetNetwork): Promise<void> {
  const outcome = await run(context, network, {})
  context.results.set(network.key, outcome)
  await present(context, outcome)
}

/**
 * Tests some pairs and presents those. The network's result keeps what is known of the others: a failure elsewhere does
 * not become unseen because something else was asked.
 */
export async function testSome(context: CommandContext, network: FleetNetwork, filter: PairFilter): Promise<void> {
  const outcome = await run(context, network, filter)
  const last = context.results.latest(network.key)
  if (last === undefined) context.results.set(network.key, outcome)
  else if (!outcome.isCancelled) context.results.set(network.key, combine(context, { last, newer: outcome, network }))
  await present(context, outcome)
}

/** After a fix: tests only what did not pass, and presents the whole as it is now. */
export async function testAgain(context: CommandContext, network: FleetNetwork, last: ConnectivityRun): Promise<void> {
  const onlyPairs = last.pairs
    .filter(({ result }) => result !== 'pass')
    .map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))
  const newer = await run(context, network, { onlyPairs })
  const outcome = newer.isCancelled ? newer : combine(context, { last, newer, network })
  if (!newer.isCancelled) context.results.set(network.key, outcome)
  await present(context, outcome)
}

async function run(context: CommandContext, network: FleetNetwork, filter: PairFilter): Promise<ConnectivityRun> {
  const { clock, fleet, settings, ui, log } = context
  const outcome = await ui.progress(`Testing connectivity on ${network.name}`, (reporter, signal) =>
    runConnectivityTest(fleet, network.key, {
      ...filter,
      ...(settings.helper && { helper: settings.helper }),
      onProgress: (message) => reporter.report(message),
      signal,
      clock,
    }),
  )
  log.info(`Tested ${network.name}: ${summarize(outcome).sentence}, ${outcome.execs} execs, ${outcome.durationMs} ms`)
  return outcome
}

interface TwoRuns {
  readonly last: ConnectivityRun
  readonly newer: ConnectivityRun
  readonly network: FleetNetwork
}

/** The newer answer for each pair, the last one for those that were not asked, and nothing for containers that are gone. */
function combine({ fleet }: CommandContext, { last, newer, network }: TwoRuns): ConnectivityRun {
  const members = findNetwork(fleet.fleet, network.key)?.members ?? network.members
  const there = new Set(members.map(({ containerId }) => containerId))
  const merged = new Map<string, PairResult>()
  for (const pair of [...last.pairs, ...newer.pairs])
    if (there.has(pair.from.containerId) && there.has(pair.to.containerId))
      merged.set(`${pair.from.containerId} ${pair.to.containerId}`, pair)
  const pairs = [...merged.values()]
  return { ...newer, pairs, findings: diagnose({ ...newer, pairs }) }
}

async function present(context: CommandContext, outcome: ConnectivityRun): Promise<void> {
  const { verdict, sentence } = summarize(outcome)
  const [finding] = outcome.findings
  const cause = verdict === 'fail' && finding !== undefined ? `: ${finding.title}` : ''
  const { name } = outcome.network
  notify(context, verdict === 'pass' ? 'info' : 'warn', `${name}: ${sentence}${cause}`)
  // Who cancels does not want to read.
  if (outcome.isCancelled) return
  const content = markdownReport(outcome)
  await context.ui.openDocument({ name: `connectivity-${name}.md`, content, show: 'preview' })
}
