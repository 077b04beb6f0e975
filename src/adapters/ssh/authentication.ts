import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2'
import type { SwarmNetworksError } from '../../core/errors'
import { shellQuote } from '../../core/text/shell-quote'
import { stripControl } from '../../core/text/sanitize'
import { gatherKeys } from './gather-keys'
import type { KeyRing, SealedKey } from './key-ring'
import { sshError } from './ssh-errors'
import type { SshHost } from './ssh-host'
import type { KeyAccess } from './unlocked-keys'

/** Proves to one host who we are, by public keys; and explains it where the host does not believe it. */
export class Authentication {
  readonly #host: SshHost
  readonly #access: KeyAccess
  readonly #methods: AsyncGenerator<AnyAuthMethod, undefined>
  #ring: KeyRing | undefined
  readonly #openedFiles: string[] = []
  readonly #notes: string[] = []
  #acceptedMethods: readonly string[] = []

  constructor(host: SshHost, access: KeyAccess) {
    this.#host = host
    this.#access = access
    this.#methods = this.#nextMethods()
  }

  /** What ssh2 calls for the next method to try. */
  readonly handler: AuthHandlerMiddleware = (methodsLeft, _partialSuccess, next) => {
    // The declaration does not say that the first call has no list.
    if (Array.isArray(methodsLeft)) this.#acceptedMethods = methodsLeft
    this.#methods.next().then(
      ({ value }) => next(value ?? (false as never)),
      (error: unknown) => {
        this.#notes.push(error instanceof Error ? error.message : String(error))
        next(false as never)
      },
    )
  }

  /** The error for a host that took nothing of what was offered. */
  failure(cause?: unknown): SwarmNetworksError {
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
   * Keys whose public half is known, then those that have to be opened first. At the end `none`, which a host refuses
   * unless it lets everybody in: the refusal says what it would take, and ssh2 does not pass on what it said before.
   */
  async *#nextMethods(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user: username } = this.#host
    this.#ring = await gatherKeys(this.#host, this.#access)
    if (this.#ring.labels.length > 0) yield { type: 'agent', username, agent: this.#ring }
    for (const sealed of this.#ring.sealed) {
      const key = await this.#open(sealed)
      // The declaration knows a key's text only; ssh2 takes the parsed key too.
      if (key) yield { type: 'publickey', username, key: key as never }
    }
    yield { type: 'none', username }
    return undefined
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
    const { user, hostName, port } = this.#host
    if (methods.length > 0 && !methods.includes('publickey'))
      return 'Allow public keys there (PubkeyAuthentication yes in sshd_config): passwords are not supported.'
    if (tried.length === 0) return 'Start an SSH agent and add a key to it (ssh-add), or name a key file for this host.'
    const copy = ['ssh-copy-id', ...(port === 22 ? [] : ['-p', String(port)]), `${user}@${hostName}`]
    return `Check the user name, or put a public key on the host with: ${shellQuote(copy)}`
  }
}
