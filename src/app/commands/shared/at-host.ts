import { SwarmNetworksError } from '../../../core/errors'
import type { Host } from '../../../core/model/host'

/** Runs `work` on a host; what fails in it names the host as the user knows it, not as its source does. */
export async function atHost<T>(host: Pick<Host, 'name'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!SwarmNetworksError.is(error) || error.host === host.name) throw error
    throw error.changed({ host: host.name })
  }
}

/** For short calls that nothing but their own deadline ends. */
export function ownDeadline(): AbortSignal {
  return new AbortController().signal
}
