import {
  TestRunProfileKind,
  TestRunRequest,
  l10n,
  tests,
  workspace,
  type CancellationToken,
  type TestItem,
} from 'vscode'
import { Coalescer } from '../../app/coalescer'
import { RunReporter } from '../../app/testing/run-reporter'
import { runSelection, type TestingContext } from '../../app/testing/run-selection'
import { nodeSubject } from '../../app/testing/test-subject'
import { testControllerId } from '../../app/testing/testing-ids'
import type { NodeSubject } from '../../app/tree/tree-node'
import type { CheckGroup } from '../../core/connectivity/check-group'
import type { ConnectivityRun } from '../../core/connectivity/run'
import type { Disposable } from '../../core/ports/environment'
import { asSignal } from '../as-signal'
import { TestItems } from './test-items'
import { TestRunView } from './test-run-view'

/** Milliseconds between two looks at a fleet that changes all the time. */
const pauseMs = 250

/** Network → source → target in the Testing view, with a profile for all checks and one for each part of them. */
export class ConnectivityTests implements Disposable {
  readonly #context: TestingContext
  readonly #controller = tests.createTestController(testControllerId, l10n.t('Connectivity of Containers'))
  readonly #items: TestItems
  readonly #owned: readonly Disposable[]
  /** The runs that the items show, by network. */
  readonly #shown = new Map<string, ConnectivityRun>()
  #running = 0
  /** Somebody looks, and the folder has to be trusted first. */
  #isAwaited = false

  constructor(context: TestingContext) {
    this.#context = context
    const { fleet, results, clock } = context
    this.#items = new TestItems(this.#controller, fleet)
    this.#controller.resolveHandler = (item) => {
      if (item === undefined) this.#look()
      else this.#items.open(item)
    }
    this.#controller.refreshHandler = () => fleet.refresh()
    const update = new Coalescer(clock, pauseMs, () => this.#items.update())
    this.#addProfile(l10n.t('All Checks'))
    this.#addProfile(l10n.t('Names'), 'names')
    this.#addProfile(l10n.t('Ping'), 'ping')
    this.#addProfile(l10n.t('TCP and HTTP'), 'ports')
    this.#addProfile(l10n.t('Full-Size Packets (MTU)'), 'mtu')
    this.#owned = [
      fleet.onDidChange(() => update.request()),
      results.onDidChange(() => this.#showOthers()),
      update,
      workspace.onDidGrantWorkspaceTrust(() => {
        if (this.#isAwaited) this.#look()
      }),
      this.#controller,
    ]
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  /** Somebody looks at tests. For a folder that nobody trusts that is no reason to ask the user's hosts. */
  #look(): void {
    if (workspace.isTrusted) this.#context.fleet.start()
    else this.#isAwaited = true
    this.#items.update()
  }

  /** What a menu of the Testing view was opened on: an item, or what a failed test says. Undefined for anything else. */
  subjectOf(argument: unknown): NodeSubject | undefined {
    if (typeof argument !== 'object' || argument === null) return undefined
    const item = 'test' in argument ? argument.test : argument
    const subject = typeof item === 'object' && item !== null ? this.#items.subjectOf(item as TestItem) : undefined
    return subject && nodeSubject(subject)
  }

  #addProfile(label: string, checks?: CheckGroup): void {
    const run = (request: TestRunRequest, token: CancellationToken) => this.#run(request, { checks, token })
    // The profile belongs to the controller, and goes with it.
    this.#controller.createRunProfile(label, TestRunProfileKind.Run, run, checks === undefined)
  }

  async #run(request: TestRunRequest, { checks, token }: ProfileRun): Promise<void> {
    const run = this.#controller.createTestRun(request)
    this.#running++
    try {
      await runSelection(this.#context, {
        selection: {
          ...(request.include && { include: this.#subjects(request.include) }),
          ...(request.exclude && { exclude: this.#subjects(request.exclude) }),
        },
        ...(checks && { checks }),
        view: new TestRunView(run, this.#items),
        signal: asSignal(token),
      })
    } finally {
      run.end()
      this.#running--
      for (const { key, run: shown } of this.#latest()) this.#shown.set(key, shown)
    }
  }

  /** What a command has tested, or a fix tested again, is shown here too: a view that says otherwise would be wrong. */
  #showOthers(): void {
    // Runs of this view tell of themselves.
    if (this.#running > 0) return
    for (const { key, run } of this.#latest()) {
      if (this.#shown.get(key) === run) continue
      this.#shown.set(key, run)
      this.#items.update()
      const item = this.#items.find({ kind: 'network', networkKey: key })
      if (item === undefined) continue
      const shown = this.#controller.createTestRun(new TestRunRequest([item]), undefined, false)
      const view = new TestRunView(shown, this.#items)
      new RunReporter(view, { networkKey: key, filter: {}, pairs: run.pairs }).finished(run)
      shown.end()
    }
  }

  #latest() {
    const { fleet, results } = this.#context
    return fleet.fleet.networks.flatMap(({ key }) => {
      const run = results.latest(key)
      return run === undefined ? [] : [{ key, run }]
    })
  }

  #subjects(items: readonly TestItem[]) {
    return items.flatMap((item) => this.#items.subjectOf(item) ?? [])
  }
}

interface ProfileRun {
  readonly checks: CheckGroup | undefined
  readonly token: CancellationToken
}
