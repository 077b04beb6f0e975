import type { FleetAccess } from '../app/fleet-access'
import type { Disposable } from '../core/ports/environment'

/** Tells the fleet whether somebody sees services or tasks: in the Services view, or below a host that was opened. */
export class ServiceLook implements Disposable {
  readonly #fleet: Pick<FleetAccess, 'followServices'>
  readonly #isSeen: () => boolean
  #following: Disposable | undefined

  constructor(fleet: Pick<FleetAccess, 'followServices'>, isSeen: () => boolean) {
    this.#fleet = fleet
    this.#isSeen = isSeen
  }

  /** To be called when that may have changed. */
  update(): void {
    if (this.#isSeen()) this.#following ??= this.#fleet.followServices()
    else this.dispose()
  }

  dispose(): void {
    this.#following?.dispose()
    this.#following = undefined
  }
}
