import { commands, env } from 'vscode'
import type { DocumentRequest, ProgramRequest, TerminalRequest } from '../app/ui'
import type { PlainUi } from '../app/way-back'
import type { Clock, Disposable, Log } from '../core/ports/environment'
import { choose, confirm, notify } from './dialogs'
import type { VirtualDocuments } from './documents'
import { withProgress } from './progress'
import { saveText } from './save-text'
import { openProgram, openTerminal } from './terminal'

export interface EditorUiContext {
  readonly clock: Clock
  readonly log: Log & { show(): void }
  readonly documents: VirtualDocuments
  readonly topology: { show(networkKey?: string): void }
}

/** Shows in the editor what commands ask for, except for the questions of forms: those are `quickInputs`. */
export class EditorUi implements PlainUi {
  readonly confirm = confirm
  readonly choose = choose
  readonly saveText = saveText
  readonly progress = withProgress
  readonly #context: EditorUiContext

  constructor(context: EditorUiContext) {
    this.#context = context
  }

  info(message: string, actions?: readonly string[]): Promise<string | undefined> {
    return notify('info', message, actions)
  }

  warn(message: string, actions?: readonly string[]): Promise<string | undefined> {
    return notify('warn', message, actions)
  }

  error(message: string, actions?: readonly string[]): Promise<string | undefined> {
    return notify('error', message, actions)
  }

  openTerminal(request: TerminalRequest): Disposable {
    return openTerminal(request, this.#context)
  }

  openProgram(request: ProgramRequest): void {
    openProgram(request)
  }

  openDocument(request: DocumentRequest): Promise<void> {
    return this.#context.documents.open(request)
  }

  async copy(text: string): Promise<void> {
    await env.clipboard.writeText(text)
  }

  async openSettings(query: string): Promise<void> {
    // The machine's settings have a page of their own in a remote window, and are not on the user's there.
    const page = env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings'
    await commands.executeCommand(`workbench.action.${page}`, { query })
  }

  showTopology(networkKey?: string): void {
    this.#context.topology.show(networkKey)
  }

  showLog(): void {
    this.#context.log.show()
  }
}
