import type { FleetAccess } from './fleet-access'

/**
 * Waits until each host is ready or has failed once, but not for long: whoever is still silent then is left out.
 *
 * @throws `cancelled` where `signal` ends it
 */
export async function settledWithin(
  fleet: Pick<FleetAccess, 'settled'>,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = AbortSignal.timeout(ms)
  try {
    await fleet.settled(signal === undefined ? deadline : AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (!deadline.aborted || signal?.aborted) throw error
  }
}
