import { SwarmNetworksError } from '../../core/errors'
import { onAbort } from '../on-abort'

/** One call's life: it ends by the caller's signal, by the engine's closing, or by its own deadline. */
export class CallScope {
  readonly #controller = new AbortController()
  readonly #releases: (() => void)[] = []
  #deadline: NodeJS.Timeout | undefined

  /** Aborted with the `SwarmNetworksError` that says why. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Ends the scope when `signal` is aborted, until the function that it gives is called. */
  follow(signal: AbortSignal, reason: () => SwarmNetworksError): () => void {
    const release = onAbort(signal, () => this.#controller.abort(reason()))
    this.#releases.push(release)
    return release
  }

  /** Starts the deadline, or moves it: it passes `ms` from now. */
  expireIn(ms: number): void {
    this.clearDeadline()
    const expire = () =>
      this.#controller.abort(
        new SwarmNetworksError('timeout', `no answer within ${ms / 1000} s`, {
          remedy: 'Check that the host is not overloaded and that the network to it works.',
        }),
      )
    this.#deadline = setTimeout(expire, ms)
  }

  clearDeadline(): void {
    clearTimeout(this.#deadline)
  }

  /** The outcome of `work`, or of the scope where that comes first: dockerode does not stop in every call. */
  async race<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this
    signal.throwIfAborted()
    let release: () => void = () => undefined
    const ended = new Promise<never>((_, reject) => {
      release = onAbort(signal, () => reject(signal.reason as Error))
    })
    try {
      return await Promise.race([work(signal), ended])
    } finally {
      release()
    }
  }

  /** Lets go of timer and listeners. */
  end(): void {
    this.clearDeadline()
    for (const release of this.#releases.splice(0)) release()
  }
}
