import { SwarmNetworksError } from '../../../core/errors'
import type { Host } from '../../../core/model/host'

/** Runs `work` on a host; what fails in it names the host as the user knows it, not as its source does. */
export async function atHost<T>(host: Pick<Host, 'name'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!SwarmNetworksError.is(error) || error.host === host.name) throw error
    throw withDetails(error, { host: host.name })
  }
}

/** The same error with another host or advice; the first one is its cause. */
export function withDetails(
  error: SwarmNetworksError,
  details: { readonly host?: string; readonly remedy?: string },
): SwarmNetworksError {
  const { code, message, host, remedy, status } = error
  return new SwarmNetworksError(code, message, {
    ...(host !== undefined && { host }),
    ...(remedy !== undefined && { remedy }),
    ...(status !== undefined && { status }),
    ...details,
    cause: error,
  })
}

/** For short calls that nothing but their own deadline ends. */
export function ownDeadline(): AbortSignal {
  return new AbortController().signal
}
