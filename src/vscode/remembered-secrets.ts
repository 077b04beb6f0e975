import type { SecretStorage } from 'vscode'

export interface SecretAnswer {
  readonly secret: string
  /** Beyond this window. */
  readonly remember: boolean
}

/**
 * Passphrases and passwords that the user let the editor remember. The adapters (SSH, TLS) keep what opened a key or let them
 * in and ask no more for it: who asks a second time says that it did not, so it is forgotten.
 */
export class RememberedSecrets {
  readonly #secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>
  readonly #tried = new Set<string>()

  constructor(secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {
    this.#secrets = secrets
  }

  /**
   * The remembered secret of this name, or what `ask` gives; `undefined` where the user does not answer.
   *
   * @param name what it is and what it is for, for instance `passphrase:/home/ada/.ssh/id_ed25519`
   */
  async get(name: string, ask: () => Promise<SecretAnswer | undefined>): Promise<string | undefined> {
    if (this.#tried.has(name)) await this.#secrets.delete(name)
    const known = await this.#secrets.get(name)
    const answer = known === undefined ? await ask() : { secret: known, remember: false }
    if (answer === undefined) return undefined
    this.#tried.add(name)
    if (answer.remember) await this.#secrets.store(name, answer.secret)
    return answer.secret
  }
}
