import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SwarmNetworksError } from '../../core/errors'
import type { ConnectionPrompts } from '../../core/ports/environment'

/** How often a passphrase may be wrong before the attempt to connect ends. */
const mostTries = 3

/** PKCS#8 (RFC 5958), and OpenSSL's older form (RFC 1421). */
const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m

/** Whether a PEM file's key cannot be read without a passphrase. */
export function isEncryptedKey(pem: Buffer): boolean {
  return encrypted.test(pem.toString('latin1'))
}

/**
 * Client keys that a passphrase opened, kept in memory as long as the session lasts. However many hosts use a key at the
 * same time, its passphrase is asked for once.
 */
export class UnlockedTlsKeys {
  readonly #askPassphrase: ConnectionPrompts['askPassphrase']
  /** By the file's content: a file that was changed is another key. */
  readonly #keys = new Map<string, Promise<KeyObject>>()

  constructor(askPassphrase: ConnectionPrompts['askPassphrase']) {
    this.#askPassphrase = askPassphrase
  }

  /**
   * @param path of the key file, for the question
   * @param pem its content
   * @throws `unauthorized` where the passphrase was not given or was wrong three times, `invalid-input` where no
   * passphrase could open it; the next call asks again
   */
  async unlock(path: string, pem: Buffer, signal: AbortSignal): Promise<KeyObject> {
    const content = pem.toString('base64')
    const known = this.#keys.get(content)
    if (known) return orCancelled(known, signal)
    const asking = this.#ask(path, pem)
    this.#keys.set(content, asking)
    asking.catch(() => this.#keys.delete(content))
    return orCancelled(asking, signal)
  }

  async #ask(path: string, pem: Buffer): Promise<KeyObject> {
    const remedy = 'Refresh the host to be asked again.'
    for (let tries = 0; tries < mostTries; tries++) {
      const passphrase = await this.#askPassphrase(path)
      if (passphrase === undefined)
        throw new SwarmNetworksError('unauthorized', `The passphrase for the client key ${path} was not given`, {
          remedy,
        })
      const key = decrypt(path, pem, passphrase)
      if (key) return key
    }
    throw new SwarmNetworksError('unauthorized', `The passphrase for the client key ${path} is wrong`, { remedy })
  }
}

/** Undefined where the passphrase is wrong. */
function decrypt(path: string, pem: Buffer, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, passphrase })
  } catch (error) {
    // A wrong passphrase shows as bad padding, or by chance as bad content. Only a cipher that is unknown is told apart.
    const { code = '', message } = error as Error & { readonly code?: string }
    if (!/UNSUPPORTED|UNKNOWN_CIPHER/i.test(code)) return undefined
    throw new SwarmNetworksError('invalid-input', `The client key ${path} cannot be used (${message})`, {
      remedy: `Encrypt it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in ${path} -out NEW`,
      cause: error,
    })
  }
}

/** The question stays open for the others that wait for it. */
async function orCancelled<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const cancelled = () => new SwarmNetworksError('cancelled', 'Cancelled', { cause: signal.reason })
  if (signal.aborted) throw cancelled()
  let onAbort: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled())
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
