import { StatusBarAlignment, l10n, window, type Disposable } from 'vscode'
import { summarizeFleet } from '../app/fleet-summary'
import type { Fleet } from '../core/model/fleet'

/** One line on the whole fleet; a click opens the view. Hidden while there is no host. */
export class FleetStatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('fleet', StatusBarAlignment.Left)

  constructor() {
    this.#item.name = 'Swarm Networks'
    this.#item.command = 'workbench.view.extension.swarmNetworks'
    this.#item.tooltip = l10n.t('Show Docker hosts and networks')
  }

  update(fleet: Fleet): void {
    const summary = summarizeFleet(fleet, l10n.t)
    this.#item.text = `$(server-environment) ${summary}`
    this.#item.accessibilityInformation = { label: `Swarm Networks: ${summary}` }
    if (summary === '') this.#item.hide()
    else this.#item.show()
  }

  dispose(): void {
    this.#item.dispose()
  }
}
