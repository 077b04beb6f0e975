import type { Readable } from 'node:stream'
import { SwarmNetworksError } from '../../core/errors'
import { callFailure } from './call-failure'
import { CallScope } from './call-scope'
import { EngineStream } from './engine-stream'

/**
 * Deadlines in milliseconds. Starting waits for a swarm attachment (20 s) and stopping for the process (10 s) first;
 * `pull` is for one that nothing is heard of until it is done.
 */
export const deadlines = {
  read: 15_000,
  change: 30_000,
  lifecycle: 90_000,
  pullSilence: 120_000,
  pull: 600_000,
} as const

/** One call to an engine. */
export interface Call {
  /** What it does, as it follows "Cannot", for instance `create the network gnswarm`. */
  readonly what: string
  readonly signal: AbortSignal
  /** `deadlines.read` where absent. */
  readonly deadlineMs?: number
  /** For `open`: the signal counts only until the stream is open. */
  readonly isForGood?: boolean
}

/**
 * All calls to one engine go through here: each is raced against its signal and a deadline, because below not everything
 * heeds the signal (a request without a connection yet does not), and fails with a `SwarmNetworksError` that names the
 * host.
 */
export class EngineCalls {
  readonly host: string
  readonly #closing = new AbortController()

  constructor(host: string) {
    this.host = host
  }

  /** Ends all calls and streams, and those to come. */
  close(reason = new SwarmNetworksError('unreachable', 'the connection was closed')): void {
    this.#closing.abort(reason)
  }

  /**
   * A call with a complete answer.
   * @param work gets a signal that also knows the deadline; `extend` gives it its whole deadline again.
   */
  async run<T>(call: Call, work: (signal: AbortSignal, extend: () => void) => Promise<T>): Promise<T> {
    const { scope } = this.#begin(call)
    try {
      return await scope.race((signal) => work(signal, () => scope.expireIn(call.deadlineMs ?? deadlines.read)))
    } catch (error) {
      throw this.failure(call.what, scope.signal.aborted ? scope.signal.reason : error)
    } finally {
      scope.end()
    }
  }

  /** A call whose answer is a stream. The deadline holds until it is open, the signal until it is closed. */
  async open<T extends Readable>(call: Call, request: (signal: AbortSignal) => Promise<T>): Promise<EngineStream<T>> {
    const { scope, releaseSignal } = this.#begin(call)
    try {
      const failure = (error: unknown) => this.failure(call.what, error)
      const stream = await scope.race(async (signal) => new EngineStream(await request(signal), { scope, failure }))
      scope.clearDeadline()
      if (call.isForGood === true) releaseSignal()
      return stream
    } catch (error) {
      scope.end()
      throw this.failure(call.what, scope.signal.aborted ? scope.signal.reason : error)
    }
  }

  /** `error` as ours, with the host's name in it. */
  failure(what: string, error: unknown): SwarmNetworksError {
    return callFailure(error, { what, host: this.host })
  }

  #begin({ signal, deadlineMs = deadlines.read }: Call): { scope: CallScope; releaseSignal: () => void } {
    const scope = new CallScope()
    const closing = this.#closing.signal
    scope.follow(closing, () => closing.reason as SwarmNetworksError)
    const releaseSignal = scope.follow(signal, () => cancelled(signal))
    scope.expireIn(deadlineMs)
    return { scope, releaseSignal }
  }
}

function cancelled(signal: AbortSignal): SwarmNetworksError {
  return new SwarmNetworksError('cancelled', 'Cancelled', { cause: signal.reason })
}
