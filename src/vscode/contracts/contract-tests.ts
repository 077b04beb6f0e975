import {
  MarkdownString,
  TestMessage,
  TestRunProfileKind,
  TestRunRequest,
  Uri,
  commands,
  l10n,
  tests,
  type CancellationToken,
  type TestItem,
  type TestRun,
} from 'vscode'
import type { ContractBook } from '../../app/contract/contract-book'
import type { ContractFix } from '../../app/contract/contract-marks'
import { testContractLines, type ContractTestContext, type LineVerdict } from '../../app/contract/test-contract-lines'
import { untilMended } from '../../app/contract/until-mended'
import { describeError } from '../../core/errors'
import { asSignal } from '../as-signal'
import { mendLineCommand, testLineCommand } from './contract-language'
import { rangeIn } from './range-in'

/** Each line of each contract as a test at its place. Nothing runs unless somebody says so. */
export class ContractTests {
  readonly #context: ContractTestContext
  readonly #controller = tests.createTestController('swarmNetworks.contracts', l10n.t('Connectivity Contracts'))
  readonly #owned: readonly { dispose(): unknown }[]

  constructor(context: ContractTestContext) {
    this.#context = context
    const { book } = context
    const run = (request: TestRunRequest, token: CancellationToken) => this.#run(request, token)
    this.#controller.createRunProfile(l10n.t('Test Contract'), TestRunProfileKind.Run, run, true)
    this.#owned = [
      this.#controller,
      book.onDidChange((address) => this.#update(address)),
      commands.registerCommand(mendLineCommand, (address: unknown, fix: MendingFix) => this.#mendLine(address, fix)),
      commands.registerCommand(testLineCommand, (address: unknown, line: unknown) => this.#runLine(address, line)),
    ]
    for (const address of book.addresses) this.#update(address)
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  get #book(): ContractBook {
    return this.#context.book
  }

  #update(address: string): void {
    const file = this.#book.get(address)
    if (file === undefined) {
      this.#controller.items.delete(address)
      return
    }
    const uri = Uri.parse(address)
    const known = this.#controller.items.get(address)
    const item = known ?? this.#controller.createTestItem(address, uri.path.split('/').at(-1) ?? address, uri)
    if (known === undefined) this.#controller.items.add(item)
    const wanted = new Set(file.contract.lines.map(({ title }) => title))
    for (const [id] of item.children) if (!wanted.has(id)) item.children.delete(id)
    file.contract.lines.forEach((line, index) => {
      const child = item.children.get(line.title) ?? this.#controller.createTestItem(line.title, line.title, uri)
      child.range = rangeIn(file.text, line.range)
      child.sortText = String(index).padStart(4, '0')
      item.children.add(child)
    })
  }

  async #mendLine(address: unknown, { command, subject, thenTest }: MendingFix): Promise<void> {
    await commands.executeCommand(command, subject)
    await untilMended(this.#context, subject)
    await this.#runLine(address, thenTest)
  }

  async #runLine(address: unknown, line: unknown): Promise<void> {
    const item = this.#controller.items.get(String(address))?.children.get(String(line))
    if (item !== undefined) await this.#run(new TestRunRequest([item]))
  }

  async #run(request: TestRunRequest, token?: CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request)
    const signal = token ? AbortSignal.any([asSignal(token), asSignal(run.token)]) : asSignal(run.token)
    try {
      for (const [file, lines] of this.#selected(request)) await this.#runFile(run, { file, lines, signal })
    } finally {
      run.end()
    }
  }

  async #runFile(run: TestRun, { file, lines, signal }: FileRun): Promise<void> {
    for (const line of lines) run.started(line)
    try {
      const titles = lines.map(({ id }) => id)
      const verdicts = await testContractLines(this.#context, { address: file.id, titles }, signal)
      for (const line of lines) tell(run, line, verdicts.get(line.id))
    } catch (error) {
      for (const line of lines) run.errored(line, new TestMessage(describeError(error)))
    }
  }

  /** Lines by file, without those that were taken out. */
  #selected({ include, exclude = [] }: TestRunRequest): ReadonlyMap<TestItem, readonly TestItem[]> {
    const found = new Map<TestItem, TestItem[]>()
    const add = (file: TestItem, line: TestItem) => {
      if (exclude.includes(line) || exclude.includes(file)) return
      found.set(file, [...(found.get(file) ?? []), line])
    }
    for (const item of include ?? [...this.#controller.items].map(([, file]) => file))
      if (item.parent) add(item.parent, item)
      else for (const [, line] of item.children) add(item, line)
    return found
  }
}

type MendingFix = Extract<ContractFix, { readonly kind: 'command' }>

interface FileRun {
  readonly file: TestItem
  readonly lines: readonly TestItem[]
  readonly signal: AbortSignal
}

const signs = { pass: '✓', fail: '✗', 'not-tested': '–' } as const

/** A line that could not be tested is an error in the Testing view: skipped would look as if that were fine. */
function tell(run: TestRun, line: TestItem, verdict: LineVerdict | undefined): void {
  if (verdict) run.appendOutput(`${signs[verdict.result]} ${line.label}\r\n    ${verdict.seen}\r\n`, undefined, line)
  if (verdict?.result === 'pass') {
    run.passed(line)
    return
  }
  const markdown = new MarkdownString(verdict?.markdown ?? l10n.t('Nothing was heard of it'))
  const message = new TestMessage(markdown)
  if (verdict?.result === 'fail') run.failed(line, message)
  else run.errored(line, message)
}
