/** Takes answers to the same question in the order in which they were asked for: an older one that arrives late is dropped. */
export class InOrder {
  #asked = 0
  #taken = 0

  /** Asks, and hands the answer to `take` unless one to a later question has been taken. */
  async read<T>(ask: () => Promise<T>, take: (answer: T) => void): Promise<void> {
    const number = ++this.#asked
    const answer = await ask()
    if (number < this.#taken) return
    this.#taken = number
    take(answer)
  }
}
