import { groupBy } from '../../core/collections/group-by'
import type { PairResult } from '../../core/connectivity/types'
import type { ConnectivityRun } from '../../core/connectivity/run'
import { findingOfPair } from '../../core/diagnosis/finding-of-pair'
import { nameKey, type NameResult } from '../../core/connectivity/names/types'
import { describeLine, describeName } from './describe-line'
import { failureMessage, nameFailureMessage } from './failure-message'
import type { SelectedTest } from './plan-selection'
import type { RunView } from './run-view'
import { peerId, type PeerRef, type TestSubject } from './test-subject'

/** Above this a network's items are its sources, and of the pairs only those that fail: a tree of ten thousand helps nobody. */
const maxPairs = 2_000
/** How many failing pairs of a source are shown by themselves then. */
const maxFailures = 50

type Ends = Readonly<Record<'from' | 'to', PeerRef>>

/** Tells a view of one network's test while it runs, and of the causes at its end. */
export class RunReporter {
  readonly #view: RunView
  readonly #test: SelectedTest
  readonly #isDetailed: boolean

  constructor(view: RunView, test: SelectedTest) {
    this.#view = view
    this.#test = test
    this.#isDetailed = test.pairs.length <= maxPairs
  }

  enqueue(): void {
    this.#view.expand({ kind: 'network', networkKey: this.#test.networkKey })
    if (this.#isDetailed) for (const pair of this.#test.pairs) this.#view.enqueued(this.#pair(pair))
    else for (const [pair] of bySource(this.#test.pairs)) this.#view.enqueued(this.#source(pair))
  }

  started(from: PeerRef, targets: readonly PeerRef[]): void {
    if (this.#isDetailed) for (const to of targets) this.#view.started(this.#pair({ from, to }))
    else this.#view.started(this.#source({ from }))
  }

  /** A source's results, before anybody knows why something fails. */
  found(results: readonly PairResult[]): void {
    if (this.#isDetailed) for (const pair of results) this.#tell(pair, [])
  }

  /** The last word on every pair, with the causes. What was not asked before somebody ended the test stays as it was. */
  finished(run: ConnectivityRun): void {
    const { pairs: all, findings, isCancelled } = run
    const pairs = isCancelled ? all.filter(({ result }) => result !== 'not-tested') : all
    const explain = findingOfPair(findings)
    const messagesOf = (pair: PairResult) => [failureMessage(pair, explain(pair))]
    if (this.#isDetailed) {
      for (const pair of pairs) {
        this.#tell(pair, pair.result === 'fail' ? messagesOf(pair) : [])
        this.#view.output(describeLine(pair), this.#pair(pair))
      }
      this.#tellNames(run)
      return
    }
    for (const own of bySource(pairs)) {
      const failed = own.filter(({ result }) => result === 'fail')
      for (const pair of failed.slice(0, maxFailures)) this.#tell(pair, messagesOf(pair))
      this.#tellSource(own, failed)
    }
  }

  /** Further names are no pairs: what one container saw of them is told of the container itself, besides its pairs. */
  #tellNames({ names = [], findings }: ConnectivityRun): void {
    for (const own of groupBy(names, ({ from }) => peerId(from)).values()) {
      const subject = this.#source(own[0])
      for (const name of own) this.#view.output(describeName(name), subject)
      const failed = own.filter(({ result }) => result === 'fail')
      const explain = (name: NameResult) =>
        findings.find(({ names: about = [] }) => about.some((one) => `${one.from} ${one.name}` === nameKey(name)))
      const messages = failed.slice(0, maxFailures).map((name) => nameFailureMessage(name, explain(name)))
      if (failed.length > 0) this.#view.failed(subject, messages)
      else if (own.some(({ result }) => result === 'pass')) this.#view.passed(subject)
    }
  }

  #tell(pair: PairResult, messages: readonly string[]): void {
    const subject = this.#pair(pair)
    const ms = durationOf(pair)
    if (pair.result === 'pass') this.#view.passed(subject, ms)
    else if (pair.result === 'fail') this.#view.failed(subject, messages, ms)
    else this.#view.skipped(subject)
  }

  #tellSource(own: readonly [PairResult, ...PairResult[]], failed: readonly PairResult[]): void {
    const subject = this.#source(own[0])
    const passed = own.filter(({ result }) => result === 'pass').length
    this.#view.output(`${own[0].from.container}: ${passed} of ${own.length} pairs pass`, subject)
    if (failed.length > 0) this.#view.failed(subject, [`${failed.length} of ${own.length} pairs fail`])
    else if (passed > 0) this.#view.passed(subject)
    else this.#view.skipped(subject)
  }

  #pair({ from, to }: Ends): TestSubject {
    return { kind: 'pair', networkKey: this.#test.networkKey, from, to }
  }

  #source({ from }: Pick<Ends, 'from'>): TestSubject {
    return { kind: 'source', networkKey: this.#test.networkKey, from }
  }
}

function bySource<T extends Ends>(pairs: readonly T[]): readonly (readonly [T, ...T[]])[] {
  return [...groupBy(pairs, ({ from }) => peerId(from)).values()]
}

/** The longest of its checks, which ran side by side. */
function durationOf({ checks }: PairResult): number | undefined {
  const measured = checks.flatMap(({ ms }) => ms ?? [])
  return measured.length === 0 ? undefined : Math.max(...measured)
}
