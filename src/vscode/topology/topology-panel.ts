import { Uri, ViewColumn, commands, env, l10n, window, type Webview, type WebviewPanel } from 'vscode'
import { Coalescer } from '../../app/coalescer'
import type { FleetAccess } from '../../app/fleet-access'
import type { TestResults } from '../../app/test-results'
import { pictureViewType, subjectOf } from '../../app/topology/context-data'
import { topologyHtml } from '../../app/topology/topology-html'
import { TopologyModel } from '../../app/topology/topology-model'
import type { NodeSubject } from '../../app/tree/tree-node'
import type { Clock, Disposable, Log } from '../../core/ports/environment'
import { fixedPalette, type Palette } from '../../core/topology/palette'
import { parseTopologyMessage, type FromTopologyView, type ToTopologyView } from '../../core/topology/protocol'
import { saveFile } from '../save-file'

/** Milliseconds between two pictures of a fleet that changes all the time. */
const pauseMs = 200

export interface TopologyPanelContext {
  readonly fleet: FleetAccess
  readonly results: TestResults
  readonly clock: Clock
  readonly log: Log
  readonly extensionUri: Uri
  /** Shows what a node stands for in its tree. */
  readonly reveal: (subject: NodeSubject) => Promise<void>
}

/** The picture of hosts, networks and links, in a tab of its own; there is one at a time. */
export class TopologyPanel implements Disposable {
  readonly #context: TopologyPanelContext
  readonly #model: TopologyModel
  readonly #owned: readonly Disposable[]
  #panel: WebviewPanel | undefined
  #palette: Palette | undefined

  constructor(context: TopologyPanelContext) {
    this.#context = context
    const { fleet, results, clock } = context
    this.#model = new TopologyModel({ fleet, results, translate: l10n.t })
    const redraw = new Coalescer(clock, pauseMs, () => this.#update())
    this.#owned = [fleet.onDidChange(() => redraw.request()), results.onDidChange(() => redraw.request()), redraw]
  }

  /** Opens the picture, or brings it to the front. @param networkKey only this network; absent: all */
  show(networkKey?: string): void {
    this.#model.choose(networkKey)
    if (this.#panel === undefined) this.#panel = this.#open()
    else this.#panel.reveal()
    this.#update()
  }

  dispose(): void {
    this.#panel?.dispose()
    for (const owned of this.#owned) owned.dispose()
  }

  #open(): WebviewPanel {
    const { extensionUri } = this.#context
    const files = [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')]
    const panel = window.createWebviewPanel(pictureViewType, l10n.t('Topology'), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: files,
    })
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'activity-bar.svg')
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(parseTopologyMessage(message)))
    panel.onDidDispose(() => (this.#panel = undefined))
    panel.webview.html = pageFor(panel.webview, extensionUri)
    this.#model.forget()
    return panel
  }

  #update(): void {
    // A hidden page is gone; it says that it is ready when it is back.
    if (this.#panel?.visible !== true) return
    const message = this.#model.next()
    if (message !== undefined) this.#send(message)
  }

  #send(message: ToTopologyView): void {
    void this.#panel?.webview.postMessage(message)
  }

  async #receive(message: FromTopologyView | undefined): Promise<void> {
    switch (message?.type) {
      case undefined:
        return
      case 'ready':
        this.#model.forget()
        this.#update()
        return
      case 'choose':
        this.#model.choose(message.networkKey)
        this.#update()
        return
      case 'test':
        await commands.executeCommand('swarmNetworks.testConnectivity', this.#networkSubject())
        return
      case 'activate':
        await this.#activate(message.key)
        return
      case 'export':
        this.#palette = fixedPalette(message.colors)
        await this.#export(message.format, this.#palette)
        return
      case 'png':
        await this.#save('png', Buffer.from(message.data, 'base64'))
        return
      case 'failed':
        await this.#complain(message.message)
    }
  }

  #networkSubject(): NodeSubject | undefined {
    const { networkKey } = this.#model
    return networkKey === undefined ? undefined : { kind: 'network', networkKey }
  }

  async #activate(key: string): Promise<void> {
    const node = this.#model.find(key)
    if (node === undefined) return
    const subject = subjectOf(node.target)
    if (node.target.kind === 'link') await commands.executeCommand('swarmNetworks.showReport', subject)
    else await this.#context.reveal(subject)
  }

  async #export(format: 'svg' | 'png', palette: Palette): Promise<void> {
    const file = this.#model.file(palette)
    if (format === 'png') this.#send({ type: 'rasterize', ...file })
    else await this.#save('svg', Buffer.from(file.svg))
  }

  async #save(extension: 'svg' | 'png', content: Uint8Array): Promise<void> {
    try {
      const place = await saveFile({ name: `${this.#model.fileName}.${extension}`, content })
      if (place !== undefined) void window.showInformationMessage(l10n.t('Saved {0}', place.fsPath))
    } catch (error) {
      await this.#complain(error instanceof Error ? error.message : String(error))
    }
  }

  async #complain(why: string): Promise<void> {
    this.#context.log.error(`The picture was not saved: ${why}`)
    await window.showErrorMessage(l10n.t('The picture was not saved: {0}', why))
  }
}

function pageFor(webview: Webview, extensionUri: Uri): string {
  const file = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString()
  return topologyHtml({
    nonce: crypto.randomUUID(),
    cspSource: webview.cspSource,
    script: file('dist', 'topology-view.js'),
    styleSheet: file('media', 'topology.css'),
    language: env.language,
    translate: l10n.t,
  })
}
