import { EventEmitter, ThemeIcon, l10n, window, type Pseudoterminal, type TerminalDimensions } from 'vscode'
import { TerminalDriver } from '../app/terminal/terminal-driver'
import type { ProgramRequest, TerminalRequest } from '../app/ui'
import type { Clock, Disposable, Log } from '../core/ports/environment'

/** What the panel has until it was laid out. */
const defaultSize = { columns: 80, rows: 24 }

/** Opens a terminal tab on a session, and shows it. Disposing closes the tab, which closes the session. */
export function openTerminal(
  request: TerminalRequest,
  context: { readonly clock: Clock; readonly log: Log },
): Disposable {
  const terminal = window.createTerminal({
    name: request.title,
    iconPath: new ThemeIcon(request.icon),
    pty: sessionTerminal(request, context),
    // A session is a live connection: after a reload there would be a dead tab.
    isTransient: true,
  })
  terminal.show()
  return terminal
}

/** Opens a terminal tab in which a program of this machine runs, and shows it. */
export function openProgram({ title, icon, program, args }: ProgramRequest): void {
  window
    .createTerminal({
      name: title,
      iconPath: new ThemeIcon(icon),
      shellPath: program,
      shellArgs: [...args],
      // After a reload nobody is logged in any more.
      isTransient: true,
    })
    .show()
}

function sessionTerminal(
  request: TerminalRequest,
  context: { readonly clock: Clock; readonly log: Log },
): Pseudoterminal {
  const written = new EventEmitter<string>()
  const closed = new EventEmitter<void>()
  const driver = new TerminalDriver(request, {
    ...context,
    screen: { write: (text) => written.fire(text), close: () => closed.fire() },
    translate: (message, ...args) => l10n.t(message, ...args),
  })
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: (dimensions: TerminalDimensions | undefined) => void driver.open(dimensions ?? defaultSize),
    handleInput: (data) => driver.type(data),
    setDimensions: (dimensions) => driver.resize(dimensions),
    close: () => {
      driver.close()
      written.dispose()
      closed.dispose()
    },
  }
}
