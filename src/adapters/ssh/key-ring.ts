import { BaseAgent, type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2'

/** A key that can be offered to a host: its public half is known. */
export interface KeyOffer {
  readonly publicKey: ParsedKey
  /** As a person knows it. */
  readonly label: string
  sign(data: Buffer, options: SigningRequestOptions): Promise<Buffer>
}

/** An encrypted file whose public half is not known: it can only be offered after asking for its passphrase. */
export interface SealedKey {
  readonly path: string
  readonly text: string
}

export interface KeyRingContents {
  /** In the order in which they are offered. */
  readonly offers: readonly KeyOffer[]
  readonly sealed: readonly SealedKey[]
  /** What was wrong with keys that are not among them. */
  readonly notes: readonly string[]
}

/**
 * All keys for one host, behind ssh2's interface of an agent. Through that interface a key's public half is offered first,
 * and it signs only when the host would take it: so a passphrase is asked for only where it opens the door.
 */
export class KeyRing extends BaseAgent<ParsedKey> {
  readonly sealed: readonly SealedKey[]
  readonly #offers: readonly KeyOffer[]
  readonly #notes: string[]

  constructor({ offers, sealed, notes }: KeyRingContents) {
    super()
    this.#offers = offers
    this.sealed = sealed
    this.#notes = [...notes]
  }

  /** What is offered, for a person. */
  get labels(): readonly string[] {
    return this.#offers.map(({ label }) => label)
  }

  /** What went wrong with keys: files that are missing, passphrases that were wrong. */
  get notes(): readonly string[] {
    return this.#notes
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(
      undefined,
      this.#offers.map(({ publicKey }) => publicKey),
    )
  }

  /** ssh2 passes the options always; the declaration has a shorter form besides. */
  override sign(key: ParsedKey, data: Buffer, ...rest: [SigningRequestOptions | SignCallback, SignCallback?]): void {
    const [options, callback] = typeof rest[0] === 'function' ? [{}, rest[0]] : [rest[0], rest[1]]
    const offer = this.#offers.find(({ publicKey }) => publicKey === key)
    const signing = offer?.sign(data, options) ?? Promise.reject(new Error('A key that was never offered'))
    signing.then(
      (signature) => callback?.(undefined, signature),
      (error: unknown) => {
        const problem = error instanceof Error ? error : new Error(String(error))
        this.#notes.push(problem.message)
        // The next key is tried.
        callback?.(problem)
      },
    )
  }
}

/** Signs with a private key; ssh2 gives an error instead of throwing one. */
export function signWith(key: ParsedKey, data: Buffer, { hash }: SigningRequestOptions): Buffer {
  const signature = key.sign(data, hash) as Buffer | Error
  if (signature instanceof Error) throw signature
  return signature
}
