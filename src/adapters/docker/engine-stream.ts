import type { Duplex, Readable } from 'node:stream'
import { SwarmNetworksError } from '../../core/errors'
import { onAbort } from '../on-abort'
import type { CallScope } from './call-scope'

/** How long the far side may take to close a connection that was said goodbye on. */
const goodbyeMs = 1000

export interface StreamOwner {
  /** Lives as long as the stream. */
  readonly scope: CallScope
  /** An error of the stream as ours. */
  readonly failure: (error: unknown) => SwarmNetworksError
}

/** A stream that an engine opened. Errors and early ends come out of `read`, as ours. */
export class EngineStream<T extends Readable = Readable> {
  readonly stream: T
  readonly #owner: StreamOwner
  #isClosed = false

  constructor(stream: T, owner: StreamOwner) {
    this.stream = stream
    this.#owner = owner
    const { scope } = owner
    // A stream that nobody reads may fail too, and an error without a listener would end the process.
    stream.on('error', () => undefined)
    stream.once('close', () => scope.end())
    onAbort(scope.signal, () => stream.destroy())
  }

  /** What arrives, once. Ends quietly where the caller's signal or `close` ended it; leaving the loop closes the stream. */
  async *read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.stream) yield chunk as Uint8Array
    } catch (error) {
      const reason: unknown = this.#owner.scope.signal.reason
      if (this.#isClosed || SwarmNetworksError.is(reason, 'cancelled')) return
      throw this.#owner.failure(reason ?? error)
    } finally {
      this.close()
    }
  }

  close(): void {
    this.#isClosed = true
    this.#owner.scope.end()
    this.stream.destroy()
  }
}

/** Writes last words and closes the stream once they are through, or after a second. */
export function closeWith(goodbye: string, engineStream: EngineStream<Duplex>): void {
  const { stream } = engineStream
  if (!stream.writable) {
    engineStream.close()
    return
  }
  const timer = setTimeout(() => engineStream.close(), goodbyeMs)
  stream.once('close', () => clearTimeout(timer))
  stream.once('end', () => engineStream.close())
  // What still comes is not for anybody.
  stream.resume()
  stream.end(goodbye)
}
