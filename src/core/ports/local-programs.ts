/** A program of this machine to be run, without a terminal of its own. */
export interface LocalProgram {
  /** Its path, or a name that is looked up in PATH. */
  readonly program: string
  /** Each arrives as it is given: no shell is between. */
  readonly args: readonly string[]
}

/** A program that runs. */
export interface RunningProgram {
  /** What it writes, both streams in the order in which it comes, until it ends. */
  readonly output: AsyncIterable<Uint8Array>
  /** Its exit status, once `output` has ended; absent where a signal ended it. */
  status(): Promise<number | undefined>
  /** Ends it and what it has started. Ending twice does nothing. */
  stop(): void
}

/** Runs programs of this machine. */
export interface LocalPrograms {
  /** @throws `not-found` where there is no such program, `permission-denied` where it may not be run */
  start(program: LocalProgram): Promise<RunningProgram>
}
