import type { InputOptions, PickItem, PickOptions, Ui } from './ui'

/** Given instead of an answer where the user wants the question before this one again. */
export const goBack: unique symbol = Symbol('go back')

export interface WithWayBack {
  /** Whether there is a question before this one. */
  readonly canGoBack: boolean
}

/** Those methods of `Ui` that ask in a form, with a way back. */
export interface Questions {
  pick<T>(items: readonly PickItem<T>[], options: PickOptions & WithWayBack): Promise<T | undefined | typeof goBack>
  pickMany<T>(
    items: readonly PickItem<T>[],
    options: PickOptions & WithWayBack,
  ): Promise<readonly T[] | undefined | typeof goBack>
  input(options: InputOptions & WithWayBack): Promise<string | undefined | typeof goBack>
}

/** Those methods of `Ui` that ask in no form. */
export type PlainUi = Omit<Ui, keyof Questions | 'form'>

/**
 * Runs a command whose questions can be gone back from, without the command knowing of it: going back begins the command
 * anew, gives the answers that stand by itself, and asks the one before the last again with its old answer filled in.
 * That is sound as long as the command has only asked; after its first dialog, progress or document the way is closed.
 */
export async function withWayBack<T>(ui: PlainUi, questions: Questions, command: (ui: Ui) => Promise<T>): Promise<T> {
  let given: readonly Answer[] = []
  for (;;) {
    const round = new Round(questions, given)
    try {
      return await command(round.over(ui))
    } catch (error) {
      if (!(error instanceof WentBack)) throw error
      given = error.given
    }
  }
}

/** What was answered, in words that the next round can find again among its own items. */
interface Answer {
  /** Which question it was. */
  readonly question: string
  /** The texts of what was picked, or what was typed. */
  readonly texts: readonly string[]
}

class WentBack extends Error {
  readonly given: readonly Answer[]

  constructor(given: readonly Answer[]) {
    super('Went back to the question before')
    this.given = given
  }
}

/** One run of the command. All answers of the round before but its last are given without asking. */
class Round {
  readonly #questions: Questions
  #before: readonly Answer[]
  readonly #given: Answer[] = []
  #isClosed = false

  constructor(questions: Questions, before: readonly Answer[]) {
    this.#questions = questions
    this.#before = before
  }

  over(ui: PlainUi): Ui {
    const close = () => {
      this.#isClosed = true
      return ui
    }
    return {
      pick: (items, options) => this.#pick(items, options),
      pickMany: (items, options) => this.#pickMany(items, options),
      input: (options) => this.#input(options),
      form: (work) => withWayBack(close(), this.#questions, work),
      confirm: (options) => close().confirm(options),
      info: (message, actions) => close().info(message, actions),
      warn: (message, actions) => close().warn(message, actions),
      error: (message, actions) => close().error(message, actions),
      progress: (title, work) => close().progress(title, work),
      openTerminal: (request) => close().openTerminal(request),
      openProgram: (request) => close().openProgram(request),
      openDocument: (request) => close().openDocument(request),
      choose: (options) => close().choose(options),
      copy: (text) => close().copy(text),
      showTopology: (networkKey) => close().showTopology(networkKey),
      saveText: (file) => close().saveText(file),
      openSettings: (query) => close().openSettings(query),
      showLog: () => close().showLog(),
    }
  }

  async #pick<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<T | undefined> {
    const question = nameOf('pick', options)
    const { texts, stands } = this.#answerBefore(question)
    const same = items.filter((item) => texts?.includes(textOf(item)))
    const [only] = same
    if (stands && only && same.length === 1) return this.#keep(question, same.map(textOf), only.value)
    const value = await this.#ask((canGoBack) =>
      this.#questions.pick(texts ? marked(items, same) : items, { ...options, canGoBack }),
    )
    const chosen = items.filter((item) => item.value === value)
    return value === undefined ? undefined : this.#keep(question, chosen.map(textOf), value)
  }

  async #pickMany<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<readonly T[] | undefined> {
    const question = nameOf('pickMany', options)
    const { texts, stands } = this.#answerBefore(question)
    const same = items.filter((item) => texts?.includes(textOf(item)))
    if (stands && same.length === texts?.length)
      return this.#keep(
        question,
        texts,
        same.map(({ value }) => value),
      )
    const values = await this.#ask((canGoBack) =>
      this.#questions.pickMany(texts ? marked(items, same) : items, { ...options, canGoBack }),
    )
    const chosen = items.filter((item) => values?.includes(item.value))
    return values === undefined ? undefined : this.#keep(question, chosen.map(textOf), values)
  }

  async #input(options: InputOptions): Promise<string | undefined> {
    const question = nameOf('input', options)
    const { texts: [text] = [], stands } = this.#answerBefore(question)
    if (stands && text !== undefined && options.validate?.(text) === undefined)
      return this.#keep(question, [text], text)
    const value = await this.#ask((canGoBack) =>
      this.#questions.input({ ...options, ...(text !== undefined && { value: text }), canGoBack }),
    )
    return value === undefined ? undefined : this.#keep(question, [value], value)
  }

  /** What this very question got in the round before, and whether that stands or is what the user came back for. */
  #answerBefore(question: string): { readonly texts?: readonly string[]; readonly stands: boolean } {
    const index = this.#given.length
    const answer = this.#before[index]
    if (answer?.question !== question) return { stands: false }
    return { texts: answer.texts, stands: index < this.#before.length - 1 }
  }

  async #ask<T>(ask: (canGoBack: boolean) => Promise<T | typeof goBack>): Promise<T> {
    const answer = await ask(!this.#isClosed && this.#given.length > 0)
    if (answer === goBack) throw new WentBack(this.#given)
    // From here on the user decides anew: what was said before may not fit any more.
    this.#before = []
    return answer
  }

  #keep<T>(question: string, texts: readonly string[], value: T): T {
    this.#given.push({ question, texts })
    return value
  }
}

function marked<T>(items: readonly PickItem<T>[], same: readonly PickItem<T>[]): readonly PickItem<T>[] {
  return items.map((item) => ({ ...item, isPicked: same.includes(item) }))
}

function nameOf(kind: string, { title, placeholder }: PickOptions): string {
  return `${kind} ${title} ${placeholder}`
}

function textOf({ label, description = '' }: PickItem<unknown>): string {
  return `${label}\n${description}`
}
