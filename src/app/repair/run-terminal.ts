import { describeError } from '../../core/errors'
import type { CommandContext } from '../commands/command'
import { atHost } from '../commands/shared/at-host'
import { findHost } from '../fleet-lookup'
import { RepairSession } from './repair-session'

export interface RunTerminal<T> {
  /** Names what is done and the hosts. */
  readonly title: string
  /** What the transcript's file is called, without its extension. */
  readonly transcript: string
  /** Does the work, and shows it. Must not throw. */
  work(screen: RepairSession): Promise<T>
  /** Whether the work came to its end, for the terminal's exit status. */
  isDone(result: T): boolean
}

/** Runs work in a terminal of its own, and resolves with what came of it once it has ended, whichever way. */
export function runInTerminal<T>(context: CommandContext, terminal: RunTerminal<T>): Promise<T> {
  const { title, transcript } = terminal
  const session = new RepairSession((hostId) => openShellBeside(context, hostId))
  return new Promise((resolve) => {
    context.ui.openTerminal({
      title,
      icon: 'tools',
      banner: ['Ctrl+C stops between and inside steps.'],
      atEnd: {
        hint: 'T saves the transcript.',
        onKey: (key) => {
          if (key.toLowerCase() === 't') saveTranscript(context, transcript, session.transcript)
        },
      },
      open: () => {
        void terminal.work(session).then((result) => {
          session.end(terminal.isDone(result) ? 0 : 1)
          resolve(result)
        })
        return Promise.resolve(session)
      },
    })
  })
}

/** A login shell on a host, in a terminal of its own beside that of the run. */
function openShellBeside(context: CommandContext, hostId: string): void {
  const host = findHost(context.fleet.fleet, hostId)
  const target = host?.sshTarget
  if (host === undefined || target === undefined) return
  context.ui.openTerminal({
    title: `SSH: ${host.name}`,
    icon: 'terminal-linux',
    isOnHost: true,
    banner: [`The repair in the other terminal waits for your choice.`],
    open: (size, signal) => atHost(host, () => context.shells.openTerminal(target, size, signal)),
  })
}

function saveTranscript({ ui, log }: CommandContext, name: string, content: string): void {
  ui.saveText({ name: `${name}.txt`, content }).catch((error: unknown) => {
    log.error(`The transcript was not saved: ${describeError(error)}`)
  })
}
