import type { ParsedKey } from 'ssh2'
import { SwarmNetworksError } from '../../core/errors'
import type { ConnectionPrompts } from '../../core/ports/environment'
import { decryptKey } from './key-file'

/** How one connection gets at keys; it stands still while a person is asked. */
export interface KeyAccess {
  /** Gives the private key of an encrypted file's text, or throws `unauthorized`. */
  unlock(path: string, text: string): Promise<ParsedKey>
  /** Waits for an answer that a person may have to allow, without the connection's deadline running on. */
  pauseFor<T>(answer: Promise<T>): Promise<T>
}

/**
 * Private keys that a passphrase opened, kept in memory as long as the session lasts. However many hosts want a key at the
 * same time, its passphrase is asked for once.
 */
export class UnlockedKeys {
  readonly #prompts: Pick<ConnectionPrompts, 'askPassphrase'>
  /** By the file's text: a file that was changed is another key. */
  readonly #keys = new Map<string, Promise<ParsedKey>>()

  constructor(prompts: Pick<ConnectionPrompts, 'askPassphrase'>) {
    this.#prompts = prompts
  }

  /**
   * @param text the encrypted file's content
   * @throws `unauthorized` where the passphrase was not given or is wrong; the next call asks again
   */
  async unlock(path: string, text: string): Promise<ParsedKey> {
    const known = this.#keys.get(text)
    if (known) return known
    const asking = this.#ask(path, text)
    this.#keys.set(text, asking)
    try {
      return await asking
    } catch (error) {
      this.#keys.delete(text)
      throw error
    }
  }

  async #ask(path: string, text: string): Promise<ParsedKey> {
    const passphrase = await this.#prompts.askPassphrase(path)
    if (passphrase === undefined)
      throw new SwarmNetworksError('unauthorized', `The passphrase for ${path} was not given`, {
        remedy: 'Connect again to be asked again, or add the key to your agent: ssh-add',
      })
    const key = decryptKey(text, passphrase)
    if (!(key instanceof Error)) return key
    throw new SwarmNetworksError('unauthorized', `The passphrase for ${path} is wrong`, {
      remedy: 'Connect again to be asked again.',
      cause: key,
    })
  }
}
