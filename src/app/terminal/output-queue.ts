/** What a session of our own writes, kept until the terminal reads it. Read once. */
export class OutputQueue implements AsyncIterable<Uint8Array> {
  readonly #encoder = new TextEncoder()
  readonly #chunks: Uint8Array[] = []
  #isEnded = false
  #wake: () => void = () => undefined

  push(text: string): void {
    if (this.#isEnded || text === '') return
    this.#chunks.push(this.#encoder.encode(text))
    this.#wake()
  }

  /** What was pushed before is still read. */
  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift()
      if (chunk !== undefined) yield chunk
      else if (this.#isEnded) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
