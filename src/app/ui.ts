import type { Disposable } from '../core/ports/environment'
import type { TerminalSession, TerminalSize } from '../core/ports/terminal'

export interface PickItem<T> {
  readonly label: string
  readonly description?: string
  readonly detail?: string
  readonly icon?: string
  readonly isPicked?: boolean
  readonly value: T
}

export interface PickOptions {
  readonly title: string
  readonly placeholder: string
  readonly step?: number
  readonly steps?: number
}

export interface InputOptions extends PickOptions {
  readonly value?: string
  readonly prompt?: string
  /** The message for bad input, or undefined where it is fine. Runs at each key: no I/O. */
  readonly validate?: (value: string) => string | undefined
}

/** A question whose answer does something that cannot be taken back. */
export interface ConfirmOptions {
  readonly message: string
  /** Exactly what will happen. */
  readonly detail: string
  /** The button's label: a verb. */
  readonly action: string
}

/** A question with several answers, the likeliest first. */
export interface ChooseOptions {
  readonly message: string
  /** Exactly what will happen. */
  readonly detail: string
  readonly actions: readonly string[]
}

export interface ProgressReporter {
  report(message: string): void
}

export interface TerminalRequest {
  /** Names host and container. */
  readonly title: string
  readonly icon: string
  /** Shown before the session opens, one line each. */
  readonly banner: readonly string[]
  /** The process is the host's own and not a container's, which is what the last words are about. */
  readonly isOnHost?: boolean
  /** For a session that does something once: opening it again is not offered when it ends, but this is. */
  readonly atEnd?: TerminalEnd
  open(size: TerminalSize, signal: AbortSignal): Promise<TerminalSession>
}

/** What a terminal offers after its session ended. */
export interface TerminalEnd {
  /** One sentence, for instance `T saves the transcript.` */
  readonly hint: string
  /** Gets each key but Enter, which closes the terminal. */
  onKey(key: string): void
}

/** A program of this machine that talks with the user, in a terminal of the editor's own. */
export interface ProgramRequest {
  readonly title: string
  readonly icon: string
  /** Its path, or a name that is looked up in PATH. */
  readonly program: string
  /** Each arrives as it is given: no shell is between. */
  readonly args: readonly string[]
}

export interface DocumentRequest {
  /** The tab's name, with an extension that gives the language. */
  readonly name: string
  readonly content: string
  /** `preview`: rendered (Markdown); `text`: as it is. */
  readonly show: 'preview' | 'text'
}

/** Everything a command may ask of whoever shows it; the editor and the tests each implement it. */
export interface Ui {
  /** `undefined`: the user went away; the command ends without a word. */
  pick<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<T | undefined>
  pickMany<T>(items: readonly PickItem<T>[], options: PickOptions): Promise<readonly T[] | undefined>
  input(options: InputOptions): Promise<string | undefined>
  /**
   * Questions with a way back of their own, which ends at their first one; for questions after a dialog, before which
   * nobody can go back. `work` only asks: whatever else it did would be done once more on the way back.
   */
  form<T>(work: (ui: Ui) => Promise<T>): Promise<T>
  confirm(options: ConfirmOptions): Promise<boolean>
  /** `actions`: buttons; gives the one pressed. */
  info(message: string, actions?: readonly string[]): Promise<string | undefined>
  warn(message: string, actions?: readonly string[]): Promise<string | undefined>
  error(message: string, actions?: readonly string[]): Promise<string | undefined>
  /** Runs `work` with a notification that can be cancelled. */
  progress<T>(title: string, work: (reporter: ProgressReporter, signal: AbortSignal) => Promise<T>): Promise<T>
  openTerminal(request: TerminalRequest): Disposable
  openProgram(request: ProgramRequest): void
  openDocument(request: DocumentRequest): Promise<void>
  copy(text: string): Promise<void>
  /** Opens the picture of the topology. @param networkKey only this network; absent: all */
  showTopology(networkKey?: string): void
  /** Asks for a place and writes a text file there; nothing where the user leaves. */
  saveText(file: { readonly name: string; readonly content: string }): Promise<void>
  /** A modal question with several answers; gives the one pressed. */
  choose(options: ChooseOptions): Promise<string | undefined>
  openSettings(query: string): Promise<void>
  showLog(): void
}
