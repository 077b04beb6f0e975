import type { CheckGroup } from '../../core/connectivity/check-group'
import { describeError } from '../../core/errors'
import type { Clock, Log } from '../../core/ports/environment'
import type { HostShells } from '../../core/ports/host-shell'
import { summarizeAll } from '../../core/report/name-rows'
import { runConnectivityTest } from '../connectivity-service'
import type { HelperOptions } from '../connectivity/helper'
import { keepPart } from '../connectivity/keep-part'
import type { FleetAccess } from '../fleet-access'
import { findNetwork } from '../fleet-lookup'
import type { TestResults } from '../test-results'
import { planSelection, type SelectedTest, type TestSelection } from './plan-selection'
import { RunReporter } from './run-reporter'
import type { RunView } from './run-view'

/** What running tests needs. */
export interface TestingContext {
  readonly fleet: FleetAccess
  /** The hosts’ own command lines: a failure that their packet filters explain is looked for there, too. */
  readonly shells: HostShells
  readonly results: TestResults
  readonly settings: { readonly helper: HelperOptions | undefined }
  readonly clock: Clock
  readonly log: Log
}

/** One run of the Testing view. */
export interface SelectionRun {
  readonly selection: TestSelection
  /** Only these checks; absent: all, and then the results are kept for reports and findings, too. */
  readonly checks?: CheckGroup
  readonly view: RunView
  readonly signal: AbortSignal
}

/**
 * Runs what was chosen, one network after the other, and tells the view while it goes on. A network that cannot be tested
 * says why in the output and leaves the others alone. It never throws for what an engine does.
 */
export async function runSelection(context: TestingContext, run: SelectionRun): Promise<void> {
  const tests = planSelection(context.fleet.fleet, run.selection)
  const reporters = tests.map((test) => ({ test, reporter: new RunReporter(run.view, test) }))
  for (const { reporter } of reporters) reporter.enqueue()
  for (const { test, reporter } of reporters) {
    if (run.signal.aborted) return
    await runOne(context, run, { test, reporter })
  }
}

interface OneTest {
  readonly test: SelectedTest
  readonly reporter: RunReporter
}

async function runOne(context: TestingContext, run: SelectionRun, { test, reporter }: OneTest): Promise<void> {
  const { fleet, shells, results, settings, clock, log } = context
  const { checks, view, signal } = run
  const { networkKey, filter } = test
  const name = findNetwork(fleet.fleet, networkKey)?.name ?? networkKey
  const helper = settings.helper && { helper: settings.helper }
  try {
    const outcome = await runConnectivityTest(fleet, networkKey, {
      ...filter,
      ...(checks && { checks }),
      ...helper,
      hostChecks: { ...helper, shells },
      observer: {
        asking: ({ from, targets }) => reporter.started(from, targets),
        found: (pairs) => reporter.found(pairs),
      },
      signal,
      clock,
    })
    reporter.finished(outcome)
    const { sentence } = summarizeAll(outcome)
    view.output(`${name}: ${sentence}`)
    log.info(`Tested ${name}: ${sentence}, ${outcome.execs} execs, ${outcome.durationMs} ms`)
    // A part of the checks says nothing about the others: it must not take their place in the reports.
    if (checks !== undefined) return
    if (filter.onlyPairs === undefined) results.set(networkKey, outcome)
    else keepPart(results, fleet.fleet, { networkKey, newer: outcome })
  } catch (error) {
    view.output(`${name}: ${describeError(error)}`)
    log.warn(`Testing ${name}: ${describeError(error)}`)
  }
}
