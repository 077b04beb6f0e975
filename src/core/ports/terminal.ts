export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** A live, two-way stream to a process in a container. */
export interface TerminalSession {
  /** Whether the far side has a terminal; without one, line ends are bare LF and nothing is echoed. */
  readonly hasTty: boolean
  /** Why input cannot be given, where it cannot; for a person. */
  readonly inputClosedReason?: string
  /** What the process writes, until it ends or the session is closed. */
  readonly output: AsyncIterable<Uint8Array>
  write(data: string): void
  resize(size: TerminalSize): Promise<void>
  /**
   * Leaves. A container's own process goes on; a shell that was opened for this session is hung up, as by closing any
   * terminal. Closing twice does nothing.
   */
  close(): void
  /** After `output` ended: the exit status, or undefined where the process goes on or the engine does not say. */
  exitCode(): Promise<number | undefined>
}
