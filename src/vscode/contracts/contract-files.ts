import { workspace, type TextDocument, type Uri } from 'vscode'
import type { ContractBook } from '../../app/contract/contract-book'
import { maxContractSize } from '../../core/contract/parse-contract'
import type { Disposable, Log } from '../../core/ports/environment'

/** The files that are contracts. */
export const contractGlob = '**/*.connectivity.{yaml,yml}'
const maxFiles = 200
/** A character of a contract has four bytes at most. */
const maxBytes = 4 * maxContractSize

export function isContract({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return /\.connectivity\.ya?ml$/.test(uri.path)
}

/** Keeps the book in line with the workspace's files and with what is typed into them. Reading is all it does. */
export class ContractFiles implements Disposable {
  readonly #book: ContractBook
  readonly #log: Log
  readonly #owned: readonly Disposable[]

  constructor(book: ContractBook, log: Log) {
    this.#book = book
    this.#log = log
    const watcher = workspace.createFileSystemWatcher(contractGlob)
    const take = (document: TextDocument) => {
      if (isContract(document)) book.update(document.uri.toString(), document.getText())
    }
    this.#owned = [
      watcher,
      watcher.onDidCreate((uri) => void this.#read(uri)),
      watcher.onDidChange((uri) => void this.#read(uri)),
      watcher.onDidDelete((uri) => book.remove(uri.toString())),
      workspace.onDidOpenTextDocument(take),
      workspace.onDidChangeTextDocument(({ document }) => take(document)),
    ]
    workspace.textDocuments.forEach(take)
    void this.#findAll()
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  async #findAll(): Promise<void> {
    for (const uri of await workspace.findFiles(contractGlob, '**/node_modules/**', maxFiles)) await this.#read(uri)
  }

  async #read(uri: Uri): Promise<void> {
    // What is typed and not saved yet counts more.
    if (workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return
    try {
      const { size } = await workspace.fs.stat(uri)
      // Whoever made the folder may have made it to hurt: such a file is not even loaded.
      if (size > maxBytes) this.#book.refuse(uri.toString(), size)
      else this.#book.update(uri.toString(), new TextDecoder().decode(await workspace.fs.readFile(uri)))
    } catch (error) {
      this.#log.warn(`${uri.path} could not be read: ${String(error)}`)
    }
  }
}
