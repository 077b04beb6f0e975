import type { SeenCertificate } from '../../core/model/certificate'
import type { Target, WayIn } from '../../core/model/target'
import type { Disposable } from '../../core/ports/environment'
import { EngineCalls } from './call'
import type { Transport } from './transport'

/** Which host it is, and how it was reached. */
export interface EngineOrigin {
  readonly target: Target
  readonly way: WayIn
}

/** What every dialect's client has of its connection. Owns the transport, and ends the calls with it. */
export abstract class EngineConnection {
  readonly target: Target
  readonly way: WayIn
  readonly certificates: readonly SeenCertificate[]
  protected readonly calls: EngineCalls
  readonly #transport: Transport
  readonly #loss: Disposable | undefined

  constructor({ target, way }: EngineOrigin, transport: Transport) {
    this.target = target
    this.way = way
    this.certificates = transport.certificates?.() ?? []
    this.calls = new EngineCalls(target.name)
    this.#transport = transport
    // Calls that wait for an answer need not wait for their deadline.
    this.#loss = transport.onClosed?.((reason) => this.calls.close(reason))
  }

  close(): void {
    this.#loss?.dispose()
    this.calls.close()
    this.#transport.close()
  }
}
