import { EventEmitter, Uri, commands, extensions, l10n, window, workspace, type Disposable } from 'vscode'
import type { DocumentRequest } from '../app/ui'

const scheme = 'swarm-networks'
const markdownExtension = 'vscode.markdown-language-features'
/** Documents whose text is kept. The oldest goes first; who opens it again gets told how to make it anew. */
const keptDocuments = 50

/** Reports and inspections as documents that cannot be edited and leave no file. One name is one document. */
export class VirtualDocuments implements Disposable {
  readonly #texts = new Map<string, string>()
  readonly #changed = new EventEmitter<Uri>()
  readonly #registration: Disposable

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) =>
        this.#texts.get(uri.path) ?? l10n.t('This text is no longer kept. Run the command again that opened it.'),
    })
  }

  /** Opens the document, or brings its new text into the one that is open. */
  async open({ name, content, show }: DocumentRequest): Promise<void> {
    const uri = Uri.from({ scheme, path: `/${name.replace(/[/\\]/g, '_')}` })
    this.#keep(uri.path, content)
    const document = await workspace.openTextDocument(uri)
    this.#changed.fire(uri)
    if (show === 'preview' && extensions.getExtension(markdownExtension) !== undefined) {
      await commands.executeCommand('markdown.showPreview', uri)
      await commands.executeCommand('markdown.preview.refresh')
    } else {
      await window.showTextDocument(document, { preview: false })
    }
  }

  dispose(): void {
    this.#registration.dispose()
    this.#changed.dispose()
  }

  #keep(path: string, content: string): void {
    this.#texts.delete(path)
    this.#texts.set(path, content)
    for (const oldest of [...this.#texts.keys()].slice(0, -keptDocuments)) this.#texts.delete(oldest)
  }
}
