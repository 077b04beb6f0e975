/** A certificate that a TLS connection to an engine depends on, as it was seen when the connection was made. */
export interface SeenCertificate {
  /** `server`: the engine's; `client`: ours; `authority`: one that either of them is checked against. */
  readonly role: 'server' | 'client' | 'authority'
  /** For instance `CN=tolkewitz`. */
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since the epoch. */
  readonly validTo: number
  /** Where it is on this machine; absent where the engine showed it. */
  readonly file?: string
}
