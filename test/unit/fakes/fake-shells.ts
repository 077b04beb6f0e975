import { SwarmNetworksError } from '../../../src/core/errors'
import type { Target } from '../../../src/core/model/target'
import type { TerminalSession, TerminalSize } from '../../../src/core/ports/terminal'
import type { HostCommand, HostCommandResult, HostShell, HostShells } from '../../../src/core/ports/host-shell'

/** What a command was, and on which host. */
export interface RunCommand extends HostCommand {
  readonly host: string
}

/** Hosts that answer commands as they are told to, and keep what they were asked. */
export class FakeShells implements HostShells {
  readonly commands: RunCommand[] = []
  /** How many shells are open. */
  openCount = 0
  user = 'root'
  /** What a command gives; nothing and status 0 unless told. May throw. */
  answer: (command: RunCommand) => Partial<HostCommandResult> = () => ({})
  /** Why no shell can be opened. */
  failure: SwarmNetworksError | undefined
  /** Terminals that were opened, each with its host and size. */
  readonly terminals: { readonly host: string; readonly size: TerminalSize }[] = []
  readonly #lost = new Set<(reason: Error) => void>()

  openShell(target: Target, signal: AbortSignal): Promise<HostShell> {
    if (signal.aborted) return Promise.reject(new SwarmNetworksError('cancelled', 'Cancelled'))
    if (this.failure !== undefined) return Promise.reject(this.failure)
    this.openCount++
    let isOpen = true
    return Promise.resolve({
      host: target.name,
      user: this.user,
      run: (command, running) => this.#run({ ...command, host: target.name }, running),
      onLost: (listener) => {
        this.#lost.add(listener)
        return { dispose: () => void this.#lost.delete(listener) }
      },
      dispose: () => {
        if (isOpen) this.openCount--
        isOpen = false
      },
    })
  }

  openTerminal(target: Target, size: TerminalSize, signal: AbortSignal): Promise<TerminalSession> {
    if (signal.aborted) return Promise.reject(new SwarmNetworksError('cancelled', 'Cancelled'))
    if (this.failure !== undefined) return Promise.reject(this.failure)
    this.terminals.push({ host: target.name, size })
    return Promise.resolve({
      hasTty: true,
      output: noOutput(),
      write: () => undefined,
      resize: () => Promise.resolve(),
      close: () => undefined,
      exitCode: () => Promise.resolve(0),
    })
  }

  /** Cuts every connection. */
  lose(reason: Error): void {
    for (const listener of this.#lost) listener(reason)
    this.#lost.clear()
  }

  async #run(command: RunCommand, signal: AbortSignal): Promise<HostCommandResult> {
    await Promise.resolve()
    if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { cause: signal.reason })
    this.commands.push(command)
    const result = { code: 0, stdout: '', stderr: '', ...this.answer(command) }
    if (result.stdout !== '') command.onOutput?.(result.stdout, 'stdout')
    if (result.stderr !== '') command.onOutput?.(result.stderr, 'stderr')
    return result
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- it has nothing to say
async function* noOutput(): AsyncGenerator<Uint8Array> {
  yield* []
}
