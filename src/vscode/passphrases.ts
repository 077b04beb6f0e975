import type { SecretStorage } from 'vscode'

export interface PassphraseAnswer {
  readonly passphrase: string
  /** Beyond this window. */
  readonly remember: boolean
}

/**
 * Passphrases of private keys that the user let the editor remember. The adapters (SSH, TLS) keep a key that was opened and
 * ask no more for it: who asks a second time says that the passphrase did not open it, so it is forgotten.
 */
export class Passphrases {
  readonly #secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>
  readonly #tried = new Set<string>()

  constructor(secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>) {
    this.#secrets = secrets
  }

  /** The remembered passphrase of a key file, or what `ask` gives; `undefined` where the user does not answer. */
  async get(keyFile: string, ask: () => Promise<PassphraseAnswer | undefined>): Promise<string | undefined> {
    const name = `passphrase:${keyFile}`
    if (this.#tried.has(keyFile)) await this.#secrets.delete(name)
    const known = await this.#secrets.get(name)
    const answer = known === undefined ? await ask() : { passphrase: known, remember: false }
    if (answer === undefined) return undefined
    this.#tried.add(keyFile)
    if (answer.remember) await this.#secrets.store(name, answer.passphrase)
    return answer.passphrase
  }
}
