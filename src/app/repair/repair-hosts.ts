import { SwarmNetworksError } from '../../core/errors'
import type { EngineClient } from '../../core/ports/engine'
import type { Disposable } from '../../core/ports/environment'
import type { HostShell, HostShells } from '../../core/ports/host-shell'
import type { FleetAccess } from '../fleet-access'
import { findHost } from '../fleet-lookup'
import type { RootAccess, RootShell } from '../root/root-access'

export interface RepairHostsContext {
  readonly fleet: FleetAccess
  readonly shells: HostShells
  readonly root: RootAccess
}

/** The hosts of one run: each one's command line is opened when it is first needed, and anew after it was lost. */
export class RepairHosts implements Disposable {
  readonly #context: RepairHostsContext
  readonly #shells = new Map<string, Promise<HostShell>>()
  readonly #roots = new Map<string, Promise<RootShell>>()

  constructor(context: RepairHostsContext) {
    this.#context = context
  }

  /** @throws `not-found` for a host that left the fleet, `unsupported` without a way in over SSH, or as `HostShells.openShell` */
  shell(hostId: string, signal: AbortSignal): Promise<HostShell> {
    return kept(this.#shells, hostId, async () => {
      const host = findHost(this.#context.fleet.fleet, hostId)
      if (host === undefined) throw new SwarmNetworksError('not-found', `The host ${hostId} is no longer in the fleet`)
      if (host.sshTarget === undefined)
        throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${host.name}`, {
          host: host.name,
          remedy: 'Add the host with an ssh:// URL; both ways then lead to one host.',
        })
      const shell = await this.#context.shells.openShell({ ...host.sshTarget, name: host.name }, signal)
      shell.onLost(() => this.#forget(hostId))
      return shell
    })
  }

  /** Root's commands on a host. @throws as `shell`, and as `RootAccess.open` */
  root(hostId: string, signal: AbortSignal): Promise<RootShell> {
    return kept(this.#roots, hostId, async () => this.#context.root.open(await this.shell(hostId, signal), signal))
  }

  /** The open engine of a host. @throws as `FleetAccess.client` */
  engine(hostId: string): EngineClient {
    return this.#context.fleet.client(hostId)
  }

  dispose(): void {
    for (const hostId of [...this.#shells.keys()]) this.#forget(hostId)
  }

  #forget(hostId: string): void {
    const shell = this.#shells.get(hostId)
    this.#shells.delete(hostId)
    this.#roots.delete(hostId)
    // One that could not be opened has told so already.
    shell?.then(
      (opened) => opened.dispose(),
      () => undefined,
    )
  }
}

/** What was begun for a key is shared; what failed is forgotten. */
function kept<T>(known: Map<string, Promise<T>>, key: string, open: () => Promise<T>): Promise<T> {
  const before = known.get(key)
  if (before !== undefined) return before
  const opening = open()
  known.set(key, opening)
  opening.catch(() => known.get(key) === opening && known.delete(key))
  return opening
}
