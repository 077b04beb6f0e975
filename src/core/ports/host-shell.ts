import type { Target } from '../model/target'
import type { Disposable } from './environment'
import type { TerminalSession, TerminalSize } from './terminal'

/** A command to be run on a host, outside of any container. */
export interface HostCommand {
  /** Each argument arrives exactly as it is given. */
  readonly command: readonly string[]
  /** What the command reads from its standard input, which ends after it; nothing where absent. */
  readonly input?: string
  /** Milliseconds until the command is ended and the call fails with `timeout`. */
  readonly deadlineMs: number
  /** How much of each stream is kept, in bytes; the rest is thrown away. 64 KiB where absent. */
  readonly maxBytes?: number
  /** Gets what the command writes, as it comes; text from a host is untrusted. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void
}

export interface HostCommandResult {
  /** Absent where a signal ended the command. */
  readonly code?: number
  readonly stdout: string
  readonly stderr: string
}

/** A host's own command line, over a connection that is shared with all else that is open on that host. */
export interface HostShell extends Disposable {
  /** The host's name, as its target has it. */
  readonly host: string
  /** Who commands run as. */
  readonly user: string
  /**
   * Runs a command to its end.
   *
   * @throws `timeout`, `cancelled`, or `unreachable` where the connection is lost; never because of the exit status
   */
  run(command: HostCommand, signal: AbortSignal): Promise<HostCommandResult>
  /** Calls `listener` once when the connection is lost; never because of `dispose`. */
  onLost(listener: (reason: Error) => void): Disposable
}

/** Opens hosts' command lines, over the SSH way in that a target has. Whether its engine runs does not matter. */
export interface HostShells {
  /**
   * @throws `unsupported` for a target without an SSH way in, or the error of the step that failed
   */
  openShell(target: Target, signal: AbortSignal): Promise<HostShell>
  /**
   * A terminal on the host: the account's own login shell. It keeps the connection as long as it lasts, and closing it
   * hangs the shell up.
   *
   * @throws as `openShell`, and `unsupported` where the account may have no terminal
   */
  openTerminal(target: Target, size: TerminalSize, signal: AbortSignal): Promise<TerminalSession>
}
