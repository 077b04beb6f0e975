import { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'

/** What a channel to a program has that one to a socket has not. */
export interface ProgramChannel {
  /** Why it ended without having said a word; asked once it has ended. */
  readonly whySilent: () => Error
  /** Ends the program, where the channel is given up. */
  readonly stop: () => void
}

/**
 * An SSH channel that behaves like a socket, for Node's HTTP agent and for a further SSH connection.
 *
 * ssh2's own channel is not quite a stream: its `destroy` does not count as destroyed, its `close` waits until everything
 * was read, and writes to a channel that was closed meanwhile never end. HTTP clients rely on all three.
 */
export class ChannelSocket extends Duplex {
  readonly #channel: ClientChannel
  readonly #program: ProgramChannel | undefined
  #isSilent = true
  /** Ends the write, or the goodbye, that the channel has not taken yet. */
  #pending: ((error?: Error) => void) | undefined

  constructor(channel: ClientChannel, program?: ProgramChannel) {
    // As a socket does by default, it says goodbye when the other side has.
    super({ allowHalfOpen: false })
    this.#channel = channel
    this.#program = program
    channel.on('data', (chunk: Buffer) => {
      this.#isSilent = false
      if (!this.push(chunk)) channel.pause()
    })
    channel.on('end', () => {
      // A program's exit, which tells why, comes after the end of its output.
      if (!this.destroyed && !(program && this.#isSilent)) this.push(null)
    })
    channel.on('error', (error: Error) => this.destroy(error))
    channel.on('close', () => this.#onChannelClosed())
    // Between two owners, for instance idle in an agent's pool, nobody listens; an error must not end the process then.
    this.on('error', () => undefined)
  }

  override _read(): void {
    this.#channel.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#channel.writableEnded) {
      callback(closedWhileWriting())
      return
    }
    this.#pending = callback
    this.#channel.write(chunk, () => this.#settle())
  }

  /** What was corked, an HTTP request's head and body for instance, goes out as one packet. */
  override _writev(
    chunks: readonly { readonly chunk: Buffer; readonly encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#pending = () => callback()
    this.#channel.end(() => this.#settle())
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#pending = undefined
    this.#program?.stop()
    this.#channel.close()
    // What nobody reads any more would hold its end back.
    this.#channel.resume()
    callback(error)
  }

  // A channel has no socket options of its own, and no timer. Node's HTTP agent sets them without asking.
  setKeepAlive(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  setTimeout(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  destroySoon(): void {
    if (this.writableFinished) this.destroy()
    else this.end(() => this.destroy())
  }

  #settle(error?: Error): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.(error)
  }

  #onChannelClosed(): void {
    this.#settle(closedWhileWriting())
    if (this.#program && this.#isSilent) {
      this.destroy(this.#program.whySilent())
      return
    }
    // What was received stays readable; without anything to read there is nothing to wait for.
    if (this.readableEnded || this.readableLength === 0) this.destroy()
    else this.once('end', () => this.destroy())
  }
}

function closedWhileWriting(): Error {
  return Object.assign(new Error('The other side closed the channel'), { code: 'EPIPE' })
}
