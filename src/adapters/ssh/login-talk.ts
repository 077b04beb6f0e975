import type { KeyboardInteractiveCallback, Prompt } from 'ssh2'
import { stripControl } from '../../core/text/sanitize'
import type { LoginQuestions } from '../../core/ports/environment'

/** What a host may ask at login: longer texts are cut. */
const maxLength = 500

/** How hosts ask for the account's password, with PAM for instance. A question for a new one is another. */
const passwordQuestion = /^(\S+@\S+'s )?(password|passwort)( for \S+)?:?$/i

/** Who gives the answers; undefined: not answered. */
export interface LoginAnswers {
  password(): Promise<string | undefined>
  questions(asked: Pick<LoginQuestions, 'instructions' | 'questions'>): Promise<readonly string[] | undefined>
}

/** A host's questions at login, in one or more rounds (RFC 4256). */
export class LoginTalk {
  readonly #answers: LoginAnswers
  readonly #onUnanswered: () => void
  #rounds = 0

  /** @param onUnanswered called where a question stays open: there is no way to tell the host, so the login is to be ended */
  constructor(answers: LoginAnswers, onUnanswered: () => void) {
    this.#answers = answers
    this.#onUnanswered = onUnanswered
  }

  /** Whether the host asked anything at all: hosts may offer to ask, and then have nobody who does. */
  get wasAsked(): boolean {
    return this.#rounds > 0
  }

  /** What ssh2 calls with each round of questions. */
  // eslint-disable-next-line max-params -- ssh2's signature
  readonly prompt = (
    name: string,
    instructions: string,
    _language: string,
    prompts: readonly Prompt[],
    finish: KeyboardInteractiveCallback,
  ): void => {
    this.#rounds++
    const asked = {
      instructions: [name, instructions].map(harmless).join(' ').trim(),
      questions: prompts.map(({ prompt, echo }) => ({ text: harmless(prompt), isHidden: echo !== true })),
    }
    this.#answer(asked).then(
      (answers) => {
        if (answers === undefined) this.#onUnanswered()
        else finish([...answers])
      },
      () => this.#onUnanswered(),
    )
  }

  async #answer(asked: Pick<LoginQuestions, 'instructions' | 'questions'>): Promise<readonly string[] | undefined> {
    const [first, ...others] = asked.questions
    const isPassword =
      this.#rounds === 1 && others.length === 0 && first?.isHidden === true && passwordQuestion.test(first.text)
    if (!isPassword) return this.#answers.questions(asked)
    const password = await this.#answers.password()
    return password === undefined ? undefined : [password]
  }
}

function harmless(text: string): string {
  return stripControl(text).slice(0, maxLength)
}
