import type { EngineContext } from './engine-context'

/**
 * What time it is on the host, by the `Date` of an answer (RFC 9110, 6.6.1), which every engine sends.
 *
 * @returns milliseconds since the epoch, to the second; undefined where the answer has none
 */
export function readClock({ calls, http }: EngineContext, signal: AbortSignal): Promise<number | undefined> {
  return calls.run({ what: 'read the host’s clock', signal }, async (scope) => {
    const response = await http.stream({ method: 'GET', path: '/_ping' }, scope)
    response.resume()
    const at = Date.parse(response.headers.date ?? '')
    return Number.isNaN(at) ? undefined : at
  })
}
