import { window, type Disposable } from 'vscode'
import type { Log } from '../core/ports/environment'

/** The output channel "Swarm Networks"; its level is the editor's own setting for it. */
export class EditorLog implements Log, Disposable {
  readonly #channel = window.createOutputChannel('Swarm Networks', { log: true })

  debug(message: string): void {
    this.#channel.debug(message)
  }

  info(message: string): void {
    this.#channel.info(message)
  }

  warn(message: string): void {
    this.#channel.warn(message)
  }

  error(message: string): void {
    this.#channel.error(message)
  }

  show(): void {
    this.#channel.show()
  }

  dispose(): void {
    this.#channel.dispose()
  }
}
