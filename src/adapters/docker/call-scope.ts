import { SwarmNetworksError } from '../../core/errors'

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
    const abort = () => this.#controller.abort(reason())
    const release = () => signal.removeEventListener('abort', abort)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
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
    let abort: () => void = () => undefined
    const ended = new Promise<never>((_, reject) => {
      abort = () => reject(signal.reason as Error)
      signal.addEventListener('abort', abort, { once: true })
    })
    try {
      return await Promise.race([work(signal), ended])
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  /** Lets go of timer and listeners. */
  end(): void {
    this.clearDeadline()
    for (const release of this.#releases.splice(0)) release()
  }
}
