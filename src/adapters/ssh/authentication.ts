import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2'
import type { SwarmNetworksError } from '../../core/errors'
import type { LoginQuestions } from '../../core/ports/environment'
import { shellQuote } from '../../core/text/shell-quote'
import { stripControl } from '../../core/text/sanitize'
import { gatherKeys } from './gather-keys'
import type { KeyRing, SealedKey } from './key-ring'
import type { LoginMethod } from './login-methods'
import { LoginTalk } from './login-talk'
import { sshError } from './ssh-errors'
import type { SshHost } from './ssh-host'
import type { KeyAccess } from './unlocked-keys'

/** How one connection gets at what proves who we are; it stands still while a person is asked. */
export interface LoginAccess extends KeyAccess {
  password(): Promise<string | undefined>
  forgetPassword(): void
  answers(asked: Pick<LoginQuestions, 'instructions' | 'questions'>): Promise<readonly string[] | undefined>
  /** Ends the login: a question stays open, and there is no way to tell the host. */
  giveUp(): void
}

/**
 * Proves to one host who we are: by public keys, and where none lets in, by what a person answers; and explains it where the
 * host does not believe it. A password is sent once: another try is the user's decision, because some hosts lock the account.
 */
export class Authentication {
  readonly #host: SshHost
  readonly #access: LoginAccess
  readonly #methods: AsyncGenerator<AnyAuthMethod, undefined>
  #ring: KeyRing | undefined
  readonly #openedFiles: string[] = []
  readonly #notes: string[] = []
  #acceptedMethods: readonly string[] = []
  #isPartialSuccess = false
  /** Whether the host has been given an answer that it has not judged yet. */
  #isPending = false
  #wasSecretRefused = false

  constructor(host: SshHost, access: LoginAccess) {
    this.#host = host
    this.#access = access
    this.#methods = this.#nextMethods()
  }

  /** Whether a person's answer is with the host. However the connection ends then, it may have counted as a failed login. */
  get isPending(): boolean {
    return this.#isPending
  }

  /** What ssh2 calls for the next method to try. */
  readonly handler: AuthHandlerMiddleware = (methodsLeft, isPartialSuccess, next) => {
    // The declaration does not say that the first call has no list.
    if (Array.isArray(methodsLeft)) this.#acceptedMethods = methodsLeft
    this.#isPartialSuccess = isPartialSuccess
    this.#methods.next().then(
      ({ value }) => next(value ?? (false as never)),
      (error: unknown) => {
        this.#notes.push(error instanceof Error ? error.message : String(error))
        next(false as never)
      },
    )
  }

  /** The error for a host that took nothing of what was offered, or went away when it had it. */
  failure(cause?: unknown): SwarmNetworksError {
    if (this.#isPending) this.#noteRefusal()
    const tried = [...(this.#ring?.labels ?? []), ...this.#openedFiles]
    const notes = [...(this.#ring?.notes ?? []), ...this.#notes, ...this.#host.notes]
    const offered = tried.length === 0 ? 'there is no key to offer' : `it refused ${tried.join(', ')}`
    const methods = this.#acceptedMethods.map((method) => stripControl(method))
    const accepts = methods.length === 0 ? '' : `; it takes ${methods.join(', ')}`
    return sshError('unauthorized', this.#host, {
      step: 'authentication',
      why: [`${offered}${accepts}`, ...notes].join('; '),
      remedy: this.#remedy(tried, methods),
      cause,
    })
  }

  /**
   * Keys whose public half is known, then those that have to be opened first. Then `none`, which a host refuses unless it
   * lets everybody in: the refusal says what it would take, and ssh2 does not pass on what it said before. At the end what
   * a person has to be asked for.
   */
  async *#nextMethods(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user: username, loginMethods } = this.#host
    if (loginMethods.includes('publickey')) yield* this.#keys()
    yield { type: 'none', username }
    const left = loginMethods.filter((method) => method !== 'publickey')
    for (;;) {
      const method = left.find((candidate) => this.#acceptedMethods.includes(candidate))
      if (method === undefined) return undefined
      left.splice(left.indexOf(method), 1)
      const wasAsked = yield* this.#askFor(method)
      this.#isPending = false
      if (!wasAsked || this.#isPartialSuccess) continue
      this.#noteRefusal()
      return undefined
    }
  }

  async *#keys(): AsyncGenerator<AnyAuthMethod> {
    const { user: username } = this.#host
    this.#ring = await gatherKeys(this.#host, this.#access)
    if (this.#ring.labels.length > 0) yield { type: 'agent', username, agent: this.#ring }
    for (const sealed of this.#ring.sealed) {
      const key = await this.#open(sealed)
      // The declaration knows a key's text only; ssh2 takes the parsed key too.
      if (key) yield { type: 'publickey', username, key: key as never }
    }
  }

  /** Gives whether the host got an answer to judge. */
  async *#askFor(method: LoginMethod): AsyncGenerator<AnyAuthMethod, boolean> {
    const { user: username } = this.#host
    if (method === 'keyboard-interactive') {
      const talk = this.#talk()
      yield { type: method, username, prompt: talk.prompt }
      return talk.wasAsked
    }
    const password = await this.#access.password()
    if (password === undefined) {
      this.#notes.push('the password was not given')
      return false
    }
    this.#isPending = true
    yield { type: 'password', username, password }
    return true
  }

  #talk(): LoginTalk {
    const sent = async <T>(answering: Promise<T | undefined>) => {
      // It asks on: the answers before were good.
      this.#isPending = false
      const answer = await answering
      this.#isPending = answer !== undefined
      return answer
    }
    return new LoginTalk(
      {
        password: () => sent(this.#access.password()),
        questions: (asked) => sent(this.#access.answers(asked)),
      },
      () => {
        this.#notes.push('what it asked was not answered')
        this.#access.giveUp()
      },
    )
  }

  #noteRefusal(): void {
    this.#isPending = false
    this.#wasSecretRefused = true
    this.#notes.push('it refused the password or the answers')
    this.#access.forgetPassword()
  }

  async #open({ path, text }: SealedKey): Promise<ParsedKey | undefined> {
    try {
      const key = await this.#access.unlock(path, text)
      this.#openedFiles.push(path)
      return key
    } catch (error) {
      this.#notes.push(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  #remedy(tried: readonly string[], methods: readonly string[]): string {
    const { user, hostName, port, loginMethods } = this.#host
    if (this.#wasSecretRefused) return 'Check the user name, and connect again to be asked again.'
    if (methods.some((method) => method !== 'publickey' && loginMethods.some((own) => own === method)))
      return 'Connect again to be asked again, or set up a key: ssh-keygen, ssh-copy-id.'
    if (methods.length > 0 && !methods.includes('publickey'))
      return 'Allow public keys there (PubkeyAuthentication yes in sshd_config), or passwords in your SSH configuration.'
    if (tried.length === 0) return 'Start an SSH agent and add a key to it (ssh-add), or name a key file for this host.'
    const copy = ['ssh-copy-id', ...(port === 22 ? [] : ['-p', String(port)]), `${user}@${hostName}`]
    return `Check the user name, or put a public key on the host with: ${shellQuote(copy)}`
  }
}
