import type {
  ChooseOptions,
  ConfirmOptions,
  DocumentRequest,
  InputOptions,
  PickItem,
  PickOptions,
  ProgramRequest,
  ProgressReporter,
  TerminalRequest,
  Ui,
} from '../../../src/app/ui'
import type { Disposable } from '../../../src/core/ports/environment'

/** One answer of the person in front of the screen. `leave` closes whatever is asked. */
export type Answer =
  | { readonly pick: string }
  | { readonly pickMany: readonly string[] }
  /** Where the box refuses it, its message is kept in `problems` and the next answer is taken. */
  | { readonly input: string }
  /** Takes what the box holds already. */
  | 'accept'
  | { readonly confirm: boolean }
  | { readonly press: string }
  | 'leave'

export interface Question {
  readonly kind: 'pick' | 'pickMany' | 'input' | 'confirm' | 'message'
  /** Title and placeholder, or the message. */
  readonly text: string
  readonly labels: readonly string[]
  readonly step?: string
}

/** Plays the answers that it was given, in their order, and keeps everything that it was asked and shown. */
export class FakeUi implements Ui {
  readonly questions: Question[] = []
  readonly problems: string[] = []
  readonly messages: { readonly severity: 'info' | 'warn' | 'error'; readonly text: string }[] = []
  readonly confirmations: ConfirmOptions[] = []
  readonly inputs: InputOptions[] = []
  readonly items: PickItem<unknown>[][] = []
  readonly progresses: { readonly title: string; readonly reports: string[] }[] = []
  readonly terminals: TerminalRequest[] = []
  readonly programs: ProgramRequest[] = []
  readonly documents: DocumentRequest[] = []
  readonly copied: string[] = []
  readonly saved: { readonly name: string; readonly content: string }[] = []
  readonly choices: ChooseOptions[] = []
  readonly topologies: (string | undefined)[] = []
  readonly settings: string[] = []
  logShown = 0
  /** Aborted while `progress` runs, as the cancel button does. */
  readonly cancel = new AbortController()
  readonly #answers: Answer[]

  constructor(answers: readonly Answer[] = []) {
    this.#answers = [...answers]
  }

  /** Answers that nobody asked for: a test that has some expects too much. */
  get unused(): readonly Answer[] {
    return this.#answers
  }

  pick<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<T | undefined> {
    const answer = this.#next('pick', describe(options), items)
    if (answer === 'leave') return Promise.resolve(undefined)
    if (answer === 'accept') return Promise.resolve(items.find(({ isPicked }) => isPicked)?.value)
    if (!isObject(answer, 'pick')) throw unexpected('pick', answer)
    return Promise.resolve(itemOf(items, answer.pick).value)
  }

  pickMany<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<readonly T[] | undefined> {
    const answer = this.#next('pickMany', describe(options), items)
    if (answer === 'leave') return Promise.resolve(undefined)
    if (answer === 'accept') return Promise.resolve(items.filter(({ isPicked }) => isPicked).map(({ value }) => value))
    if (!isObject(answer, 'pickMany')) throw unexpected('pickMany', answer)
    return Promise.resolve(answer.pickMany.map((label) => itemOf(items, label).value))
  }

  input(options: InputOptions): Promise<string | undefined> {
    this.inputs.push(options)
    const answer = this.#next('input', describe(options), [])
    if (answer === 'leave') return Promise.resolve(undefined)
    const text = answer === 'accept' ? (options.value ?? '') : isObject(answer, 'input') ? answer.input : undefined
    if (text === undefined) throw unexpected('input', answer)
    const problem = options.validate?.(text)
    if (problem === undefined) return Promise.resolve(text)
    this.problems.push(problem)
    this.questions.pop()
    this.inputs.pop()
    return this.input(options)
  }

  form<T>(work: (ui: Ui) => Promise<T>): Promise<T> {
    return work(this)
  }

  confirm(options: ConfirmOptions): Promise<boolean> {
    this.confirmations.push(options)
    const answer = this.#next('confirm', options.message, [])
    if (answer === 'leave') return Promise.resolve(false)
    if (!isObject(answer, 'confirm')) throw unexpected('confirm', answer)
    return Promise.resolve(answer.confirm)
  }

  info(message: string, actions: readonly string[] = []): Promise<string | undefined> {
    return this.#message('info', message, actions)
  }

  warn(message: string, actions: readonly string[] = []): Promise<string | undefined> {
    return this.#message('warn', message, actions)
  }

  error(message: string, actions: readonly string[] = []): Promise<string | undefined> {
    return this.#message('error', message, actions)
  }

  progress<T>(title: string, work: (reporter: ProgressReporter, signal: AbortSignal) => Promise<T>): Promise<T> {
    const reports: string[] = []
    this.progresses.push({ title, reports })
    return work({ report: (message) => void reports.push(message) }, this.cancel.signal)
  }

  openTerminal(request: TerminalRequest): Disposable {
    this.terminals.push(request)
    return { dispose: () => undefined }
  }

  openProgram(request: ProgramRequest): void {
    this.programs.push(request)
  }

  openDocument(request: DocumentRequest): Promise<void> {
    this.documents.push(request)
    return Promise.resolve()
  }

  showTopology(networkKey?: string): void {
    this.topologies.push(networkKey)
  }

  saveText(file: { readonly name: string; readonly content: string }): Promise<void> {
    this.saved.push(file)
    return Promise.resolve()
  }

  choose(options: ChooseOptions): Promise<string | undefined> {
    this.choices.push(options)
    const answer = this.#next(
      'confirm',
      options.message,
      options.actions.map((label) => ({ label })),
    )
    if (answer === 'leave') return Promise.resolve(undefined)
    if (!isObject(answer, 'press') || !options.actions.includes(answer.press))
      throw unexpected('confirm', answer, options.actions)
    return Promise.resolve(answer.press)
  }

  copy(text: string): Promise<void> {
    this.copied.push(text)
    return Promise.resolve()
  }

  openSettings(query: string): Promise<void> {
    this.settings.push(query)
    return Promise.resolve()
  }

  showLog(): void {
    this.logShown += 1
  }

  /** Everything that was said, for a test that looks for a text. */
  get said(): string {
    return this.messages.map(({ text }) => text).join('\n')
  }

  #message(severity: 'info' | 'warn' | 'error', text: string, actions: readonly string[]): Promise<string | undefined> {
    this.messages.push({ severity, text })
    if (actions.length === 0) return Promise.resolve(undefined)
    const answer = this.#next(
      'message',
      text,
      actions.map((label) => ({ label })),
    )
    if (answer === 'leave') return Promise.resolve(undefined)
    if (!isObject(answer, 'press') || !actions.includes(answer.press)) throw unexpected('message', answer, actions)
    return Promise.resolve(answer.press)
  }

  #next(kind: Question['kind'], text: string, items: readonly { readonly label: string }[]): Answer {
    const labels = items.map(({ label }) => label)
    this.questions.push({ kind, text, labels })
    this.items.push([...(items as readonly PickItem<unknown>[])])
    const answer = this.#answers.shift()
    if (answer === undefined) throw new Error(`Nobody expected to be asked (${kind}): ${text}`)
    return answer
  }
}

function describe({ title, placeholder, step, steps }: PickOptions): string {
  if (step !== undefined && (steps === undefined || step > steps || step < 1))
    throw new Error(`Step ${step} of ${String(steps)} in "${title}"`)
  return `${title}: ${placeholder}`
}

function itemOf<T>(items: readonly PickItem<T>[], label: string): PickItem<T> {
  const found = items.filter((item) => item.label === label)
  if (found.length === 1 && found[0] !== undefined) return found[0]
  throw new Error(`${found.length} items "${label}" among: ${items.map((item) => item.label).join(', ')}`)
}

function isObject<K extends string>(answer: Answer, key: K): answer is Extract<Answer, Record<K, unknown>> {
  return typeof answer === 'object' && key in answer
}

function unexpected(kind: string, answer: Answer, choices: readonly string[] = []): Error {
  return new Error(
    `Asked for ${kind}${choices.length === 0 ? '' : ` (${choices.join(', ')})`}, answered ${JSON.stringify(answer)}`,
  )
}
