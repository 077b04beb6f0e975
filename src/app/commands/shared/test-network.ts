import type { PairFilter } from '../../../core/connectivity/plan'
import type { ConnectivityRun } from '../../../core/connectivity/run'
import type { FleetNetwork } from '../../../core/model/network'
import { markdownReport } from '../../../core/report/markdown-report'
import { summarizeAll } from '../../../core/report/name-rows'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../connectivity-service'
import { keepPart } from '../../connectivity/keep-part'
import { retestFailed } from '../../connectivity/retest-failed'
import type { CommandContext } from '../command'
import { notify } from './notify'

/** Tests all pairs with progress and cancel, keeps the result, shows the report and says the outcome in one line. */
export async function testNetwork(context: CommandContext, network: FleetNetwork): Promise<void> {
  const outcome = await withProgress(context, network, (options) =>
    runConnectivityTest(context.fleet, network.key, options),
  )
  await present(context, context.results.set(network.key, outcome))
}

/** Tests some pairs and presents those. */
export async function testSome(context: CommandContext, network: FleetNetwork, filter: PairFilter): Promise<void> {
  const newer = await withProgress(context, network, (options) =>
    runConnectivityTest(context.fleet, network.key, { ...filter, ...options }),
  )
  keepPart(context.results, context.fleet.fleet, { networkKey: network.key, newer })
  await present(context, newer)
}

/** After a fix: tests only what did not pass, and presents the whole as it is now. */
export async function testAgain(context: CommandContext, network: FleetNetwork, last: ConnectivityRun): Promise<void> {
  const outcome = await withProgress(context, network, (options) =>
    retestFailed(context.fleet, { networkKey: network.key, last }, options),
  )
  if (!outcome.isCancelled) context.results.set(network.key, outcome)
  await present(context, outcome)
}

type TestRunner = (options: ConnectivityTestOptions) => Promise<ConnectivityRun>

/** Runs a test under a notification with Cancel, and logs what came out. */
async function withProgress(
  { clock, settings, shells, ui, log }: CommandContext,
  { name }: FleetNetwork,
  test: TestRunner,
): Promise<ConnectivityRun> {
  const helper = settings.helper && { helper: settings.helper }
  const outcome = await ui.progress(`Testing connectivity on ${name}`, (reporter, signal) =>
    test({
      ...helper,
      hostChecks: { ...helper, shells },
      onProgress: (message) => reporter.report(message),
      signal,
      clock,
    }),
  )
  log.info(`Tested ${name}: ${summarizeAll(outcome).sentence}, ${outcome.execs} execs, ${outcome.durationMs} ms`)
  return outcome
}

async function present(context: CommandContext, outcome: ConnectivityRun): Promise<void> {
  const { verdict, sentence } = summarizeAll(outcome)
  const [finding] = outcome.findings
  const cause = verdict === 'fail' && finding !== undefined ? `: ${finding.title}` : ''
  const { name } = outcome.network
  notify(context, verdict === 'pass' ? 'info' : 'warn', `${name}: ${sentence}${cause}`)
  // Who cancels does not want to read.
  if (outcome.isCancelled) return
  const content = markdownReport(outcome)
  await context.ui.openDocument({ name: `connectivity-${name}.md`, content, show: 'preview' })
}
