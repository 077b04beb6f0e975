import type { ConnectionStep } from './connection-step'

/** The closed set of what can go wrong; callers decide by code, never by reading a message. */
export type ErrorCode =
  /** What the user or a setting gave cannot be used; nothing was sent. */
  | 'invalid-input'
  /** Nothing answered: refused, no route, name not resolvable, connection lost. */
  | 'unreachable'
  /** Something is there but did not answer within the deadline. */
  | 'timeout'
  /** The user or a caller ended it. */
  | 'cancelled'
  /** Who we are was refused: TLS client certificate, SSH authentication. */
  | 'unauthorized'
  /** The other side's identity is not known yet and nobody confirmed it. */
  | 'host-key-unknown'
  /** The other side's identity is not the one known: never go on. */
  | 'host-key-changed'
  /** The other side's TLS certificate cannot be trusted (expired, other name, other authority). */
  | 'certificate'
  /** The engine's socket does not exist on that host. */
  | 'socket-missing'
  /** We reached the host, but may not use the engine's socket. */
  | 'permission-denied'
  /** Somebody stopped the engine; knocking would start it again by socket activation. */
  | 'engine-stopped'
  /** Client and engine share no API version. */
  | 'api-version'
  /** The engine knows no such object. */
  | 'not-found'
  /** A name or an address is already taken, or the object is in use. */
  | 'conflict'
  /** The call needs a swarm manager. */
  | 'not-a-manager'
  /** The key-value store in which the engine keeps its overlay networks does not answer it. */
  | 'store-unavailable'
  /** This engine or host cannot do what was asked. */
  | 'unsupported'
  /** The engine refused or failed in another way; its own words are in the message. */
  | 'engine-error'
  /** An answer that is not what the API promises. */
  | 'protocol'

export interface ErrorDetails {
  /** The host it happened on, as shown to the user. */
  readonly host?: string
  /** What to do next, as one sentence. */
  readonly remedy?: string
  /** The HTTP status where an engine answered with one. */
  readonly status?: number
  /** The step that a connection failed at. */
  readonly step?: ConnectionStep
  readonly cause?: unknown
}

/** What of an error is told in another way. */
export type ErrorChanges = ErrorDetails & { readonly code?: ErrorCode; readonly message?: string }

/** The one error class: what happened (message), on which host, why (cause) and what to do next (remedy). */
export class SwarmNetworksError extends Error {
  readonly code: ErrorCode
  readonly host: string | undefined
  readonly remedy: string | undefined
  readonly status: number | undefined
  readonly step: ConnectionStep | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'SwarmNetworksError'
    this.code = code
    this.host = details.host
    this.remedy = details.remedy
    this.status = details.status
    this.step = details.step
  }

  /** This error told in another way: what is not given stays, and this one is its cause. */
  changed({ code = this.code, message = this.message, ...details }: ErrorChanges): SwarmNetworksError {
    const { host, remedy, status, step } = this
    return new SwarmNetworksError(code, message, {
      ...(host !== undefined && { host }),
      ...(remedy !== undefined && { remedy }),
      ...(status !== undefined && { status }),
      ...(step !== undefined && { step }),
      cause: this,
      ...details,
    })
  }

  /** Whether `error` is one of ours, and with one of these codes where any are named. */
  static is(error: unknown, ...codes: readonly ErrorCode[]): error is SwarmNetworksError {
    return error instanceof SwarmNetworksError && (codes.length === 0 || codes.includes(error.code))
  }
}

/** The text for a person: host, what happened, what to do next. */
export function describeError(error: unknown): string {
  if (!(error instanceof SwarmNetworksError)) return error instanceof Error ? error.message : String(error)
  const where = error.host !== undefined && !error.message.includes(error.host) ? `${error.host}: ` : ''
  const message = error.message.replace(/[.\s]+$/, '')
  return error.remedy === undefined ? `${where}${message}.` : `${where}${message}. ${error.remedy}`
}
