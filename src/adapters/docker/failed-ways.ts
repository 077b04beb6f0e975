import { SwarmNetworksError, describeError, type ErrorCode } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'
import { formatEndpoint } from '../../core/targets/format-endpoint'

/** A way in that was tried, and what came of it. */
export interface FailedTry {
  readonly endpoint: Endpoint
  readonly failure: SwarmNetworksError
}

/**
 * Which failure speaks for the host, where each way in has its own: whatever forbids to go on, then what was learnt
 * nearest to the engine. A port where nothing answers says less than a login that shows the engine is stopped, and less
 * than an engine that refuses a certificate.
 */
const byWeight: readonly ErrorCode[] = [
  'host-key-changed',
  'engine-stopped',
  'host-key-unknown',
  'unauthorized',
  'permission-denied',
  'certificate',
  'socket-missing',
  'unsupported',
  'api-version',
  'engine-error',
  'protocol',
  'unreachable',
  'timeout',
]

/**
 * One failure for all ways in. The weightiest gives the code, and with it the host's state and when it is tried again,
 * and the remedy; of equal ones the last, since ways that look closer come later. What the others said stands behind it.
 */
export function failureOfAll(tries: readonly FailedTry[]): SwarmNetworksError {
  const first = tries.toReversed().toSorted((a, b) => weight(a) - weight(b))[0]
  if (first === undefined) return new SwarmNetworksError('invalid-input', 'No way in to the host is known')
  if (tries.length === 1) return first.failure
  const others = tries
    .filter((other) => other !== first)
    .map(({ endpoint, failure }) => `${formatEndpoint(endpoint)}: ${describeError(withoutHost(failure))}`)
  const message = first.failure.message.replace(/\.$/, '')
  return first.failure.changed({ message: `${message} (no other way in works: ${others.join(' ')})` })
}

/** Any code that is not listed is about what we have here, not about the host. */
function weight({ failure }: FailedTry): number {
  const index = byWeight.indexOf(failure.code)
  return index === -1 ? byWeight.length : index
}

/** The whole text names the host once. */
function withoutHost({ code, message, remedy }: SwarmNetworksError): SwarmNetworksError {
  return new SwarmNetworksError(code, message, remedy === undefined ? {} : { remedy })
}
