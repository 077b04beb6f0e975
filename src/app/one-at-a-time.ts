/**
 * Runs tasks one after the other, in the order they came: several hosts that connect at once must not put their
 * questions on top of each other. A task that fails does not stop the next.
 */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => undefined)
    return result
  }
}
