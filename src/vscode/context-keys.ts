import { commands } from 'vscode'

/** Every context key that package.json's when clauses may use, without the prefix `swarmNetworks.`. */
export type ContextKey =
  /** The extension runs; before that nothing is known, and the palette hides nothing. */
  | 'isActive'
  | 'hasHosts'
  | 'hasHiddenHosts'
  | 'hasReadyHost'
  | 'hasNetworkMaker'
  | 'hasUnknownHost'
  | 'hasServices'
  | 'hasTestResults'
  | 'hasSshHost'
  | 'hasExaminations'

/** Tells the editor what holds now, for when clauses; only what changed is sent. */
export class ContextKeys {
  readonly #sent = new Map<ContextKey, boolean>()

  set(values: Readonly<Record<ContextKey, boolean>>): void {
    for (const [key, value] of Object.entries(values) as [ContextKey, boolean][]) {
      if (this.#sent.get(key) === value) continue
      this.#sent.set(key, value)
      void commands.executeCommand('setContext', `swarmNetworks.${key}`, value)
    }
  }
}
