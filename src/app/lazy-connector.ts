import { SwarmNetworksError } from '../core/errors'
import type { Target } from '../core/model/target'
import type { Disposable } from '../core/ports/environment'
import type { EngineClient, EngineConnector } from '../core/ports/engine'
import type { HostShell, HostShells } from '../core/ports/host-shell'
import type { TerminalSession, TerminalSize } from '../core/ports/terminal'

type OwnedConnector = EngineConnector & HostShells & Disposable

/**
 * A connector that is loaded when the first host is connected to: the transport libraries are most of the extension's
 * code, and none of it is needed to show the views. Owns what it loads.
 */
export class LazyConnector implements EngineConnector, HostShells, Disposable {
  readonly #load: () => Promise<OwnedConnector>
  #loading: Promise<OwnedConnector> | undefined
  #isDisposed = false

  constructor(load: () => Promise<OwnedConnector>) {
    this.#load = load
  }

  async connect(target: Target, signal: AbortSignal): Promise<EngineClient> {
    return (await this.#loaded(target, signal)).connect(target, signal)
  }

  async openShell(target: Target, signal: AbortSignal): Promise<HostShell> {
    return (await this.#loaded(target, signal)).openShell(target, signal)
  }

  async openTerminal(target: Target, size: TerminalSize, signal: AbortSignal): Promise<TerminalSession> {
    return (await this.#loaded(target, signal)).openTerminal(target, size, signal)
  }

  dispose(): void {
    this.#isDisposed = true
    // A connector that could not be loaded has failed each connect already.
    this.#loading?.then(
      (connector) => connector.dispose(),
      () => undefined,
    )
  }

  async #loaded(target: Target, signal: AbortSignal): Promise<OwnedConnector> {
    this.#loading ??= this.#load()
    const connector = await this.#loading
    if (this.#isDisposed || signal.aborted)
      throw new SwarmNetworksError('cancelled', 'Cancelled', { host: target.name })
    return connector
  }
}
