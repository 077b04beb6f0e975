import type { Fleet } from '../../src/core/model/fleet'
import type { OpenedFleet } from './open-fleet'

/** Waits until the fleet is as wanted, and gives how long it took in milliseconds. Fails after `withinMs`. */
export async function becomes(
  opened: OpenedFleet,
  isWanted: (fleet: Fleet) => boolean,
  withinMs: number,
): Promise<number> {
  const start = performance.now()
  const { service } = opened
  if (isWanted(service.fleet)) return 0
  return new Promise((resolve, reject) => {
    const finish = (action: () => void) => {
      clearTimeout(timer)
      subscription.dispose()
      action()
    }
    const timer = setTimeout(() => {
      const states = service.fleet.hosts.map(({ name, state, failure }) => `${name} ${state} ${failure?.message ?? ''}`)
      finish(() => reject(new Error(`not within ${withinMs} ms: ${isWanted.toString()}\n${states.join('\n')}`)))
    }, withinMs)
    const subscription = service.onDidChange(() => {
      if (isWanted(service.fleet)) finish(() => resolve(performance.now() - start))
    })
  })
}
