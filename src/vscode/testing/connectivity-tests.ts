import { TestRunProfileKind, l10n, tests, type CancellationToken, type TestItem, type TestRunRequest } from 'vscode'
import { Coalescer } from '../../app/coalescer'
import { runSelection, type TestingContext } from '../../app/testing/run-selection'
import type { CheckGroup } from '../../core/connectivity/check-group'
import type { Disposable } from '../../core/ports/environment'
import { asSignal } from '../as-signal'
import { TestItems } from './test-items'
import { TestRunView } from './test-run-view'

/** Milliseconds between two looks at a fleet that changes all the time. */
const pauseMs = 250

/** Network → source → target in the Testing view, with a profile for all checks and one for each part of them. */
export class ConnectivityTests implements Disposable {
  readonly #context: TestingContext
  readonly #controller = tests.createTestController('swarmNetworks', l10n.t('Connectivity of Containers'))
  readonly #items: TestItems
  readonly #owned: readonly Disposable[]

  constructor(context: TestingContext) {
    this.#context = context
    const { fleet, clock } = context
    this.#items = new TestItems(this.#controller, fleet)
    this.#controller.resolveHandler = (item) => {
      if (item === undefined) this.#items.update()
      else this.#items.open(item)
    }
    this.#controller.refreshHandler = () => fleet.refresh()
    const update = new Coalescer(clock, pauseMs, () => this.#items.update())
    this.#addProfile(l10n.t('All Checks'))
    this.#addProfile(l10n.t('Names'), 'names')
    this.#addProfile(l10n.t('Ping'), 'ping')
    this.#addProfile(l10n.t('TCP and HTTP'), 'ports')
    this.#addProfile(l10n.t('Full-Size Packets (MTU)'), 'mtu')
    this.#owned = [fleet.onDidChange(() => update.request()), update, this.#controller]
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  #addProfile(label: string, checks?: CheckGroup): void {
    const run = (request: TestRunRequest, token: CancellationToken) => this.#run(request, { checks, token })
    // The profile belongs to the controller, and goes with it.
    this.#controller.createRunProfile(label, TestRunProfileKind.Run, run, checks === undefined)
  }

  async #run(request: TestRunRequest, { checks, token }: ProfileRun): Promise<void> {
    const run = this.#controller.createTestRun(request)
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
    }
  }

  #subjects(items: readonly TestItem[]) {
    return items.flatMap((item) => this.#items.subjectOf(item) ?? [])
  }
}

interface ProfileRun {
  readonly checks: CheckGroup | undefined
  readonly token: CancellationToken
}
