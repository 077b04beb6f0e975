import { isOpenBehindSilence } from '../core/fleet/findings/engine-silent'
import type { Host } from '../core/model/host'
import type { Disposable } from '../core/ports/environment'
import type { FleetAccess } from './fleet-access'

/**
 * Offers to examine a host when its engine cannot be reached although the host itself lets us in. Once for each time that
 * it goes silent: whoever waves it away is not asked again until it was back.
 */
export class ExamineOffers implements Disposable {
  readonly #offered = new Set<string>()
  readonly #fleet: Pick<FleetAccess, 'fleet'>
  readonly #offer: (host: Host) => void
  readonly #listener: Disposable

  /** @param offer shows the offer to the user; not awaited */
  constructor(fleet: Pick<FleetAccess, 'fleet' | 'onDidChange'>, offer: (host: Host) => void) {
    this.#fleet = fleet
    this.#offer = offer
    this.#listener = fleet.onDidChange(() => this.#look())
    this.#look()
  }

  dispose(): void {
    this.#listener.dispose()
  }

  #look(): void {
    for (const host of this.#fleet.fleet.hosts) {
      // While it is tried again it is neither here nor there.
      if (host.state === 'ready') this.#offered.delete(host.id)
      if (!isOpenBehindSilence(host) || this.#offered.has(host.id)) continue
      this.#offered.add(host.id)
      this.#offer(host)
    }
  }
}
