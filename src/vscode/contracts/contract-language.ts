import {
  CodeAction,
  CodeActionKind,
  CompletionItem,
  CompletionItemKind,
  Diagnostic,
  DiagnosticSeverity,
  Hover,
  MarkdownString,
  Position,
  Range,
  SnippetString,
  Uri,
  WorkspaceEdit,
  languages,
  workspace,
  type Command,
  type TextDocument,
} from 'vscode'
import type { ContractBook } from '../../app/contract/contract-book'
import { contractCompletions } from '../../app/contract/contract-completion'
import { contractHover } from '../../app/contract/contract-hover'
import { contractMarks, type ContractFix, type ContractMark } from '../../app/contract/contract-marks'
import type { LineFix } from '../../app/contract/line-fixes'
import type { FleetAccess } from '../../app/fleet-access'
import { settledWithin } from '../../app/settled-within'
import type { TextRange } from '../../core/contract/types'
import { emptyFleet, type Fleet } from '../../core/model/fleet'
import type { Disposable } from '../../core/ports/environment'
import { contractGlob } from './contract-files'
import { rangeIn } from './range-in'

/** Runs a quick fix's command, and tests the line again: the address of its file, and the fix. */
export const mendLineCommand = 'swarmNetworks.contracts.mendLine'

/** Tests lines of a contract: the address of its file, and what the line says. */
export const testLineCommand = 'swarmNetworks.contracts.testLine'

/** Whoever types or points at something waits no longer for hosts that are still being connected. */
const settleMs = 3000

/** What a quick fix runs; `address` is that of its contract's file. */
export function commandOf(address: string, fix: LineFix): Command & { readonly arguments: unknown[] } {
  const { title } = fix
  if (fix.kind === 'test') return { command: testLineCommand, title, arguments: [address, fix.line] }
  if (fix.thenTest === undefined) return { command: fix.command, title, arguments: [fix.subject] }
  return { command: mendLineCommand, title, arguments: [address, fix] }
}

export interface ContractLanguageContext {
  readonly book: ContractBook
  readonly fleet: FleetAccess
  /** Where the manual is. */
  readonly extensionUri: Uri
}

/** Contracts in the editor: what is wrong with them in the Problems panel with quick fixes, completion, and hovers. */
export class ContractLanguage implements Disposable {
  readonly #context: ContractLanguageContext
  readonly #diagnostics = languages.createDiagnosticCollection('swarm-networks')
  readonly #owned: readonly Disposable[]

  constructor(context: ContractLanguageContext) {
    this.#context = context
    const { book } = context
    const files = { pattern: contractGlob }
    this.#owned = [
      this.#diagnostics,
      book.onDidChange((address) => this.#show(address)),
      languages.registerHoverProvider(files, { provideHover: (document, at) => this.#hover(document, at) }),
      languages.registerCompletionItemProvider(
        files,
        { provideCompletionItems: (document, at) => this.#complete(document, at) },
        ':',
        ' ',
      ),
      languages.registerCodeActionsProvider(
        files,
        { provideCodeActions: (document, range) => this.#actions(document, range) },
        { providedCodeActionKinds: [CodeActionKind.QuickFix] },
      ),
    ]
    for (const address of book.addresses) this.#show(address)
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose()
  }

  #show(address: string): void {
    const file = this.#context.book.get(address)
    const uri = Uri.parse(address)
    if (file === undefined) this.#diagnostics.delete(uri)
    else
      this.#diagnostics.set(
        uri,
        contractMarks(file).map((mark) => this.#diagnostic(mark, file.text)),
      )
  }

  #diagnostic({ range, severity, message, code, page }: ContractMark, text: string): Diagnostic {
    const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning
    const diagnostic = new Diagnostic(rangeIn(text, range), message, level)
    diagnostic.source = 'Swarm Networks'
    diagnostic.code = { value: code, target: Uri.joinPath(this.#context.extensionUri, 'docs', page) }
    return diagnostic
  }

  /** The hosts as they are; no file makes us ask them that lies in a folder which the user does not trust. */
  async #fleet(): Promise<Fleet | undefined> {
    const { fleet } = this.#context
    if (workspace.isTrusted) await settledWithin(fleet, settleMs)
    return fleet.isStarted ? fleet.fleet : undefined
  }

  async #hover(document: TextDocument, at: Position): Promise<Hover | undefined> {
    const fleet = await this.#fleet()
    const file = this.#context.book.get(document.uri.toString())
    const hover = file && contractHover(file, fleet, document.offsetAt(at))
    if (hover === undefined) return undefined
    // Names from engines are in it: no command links, no HTML.
    const text = new MarkdownString(hover.markdown)
    text.isTrusted = false
    text.supportHtml = false
    return new Hover(text, this.#range(document, hover.range))
  }

  async #complete(document: TextDocument, at: Position): Promise<CompletionItem[]> {
    const fleet = (await this.#fleet()) ?? emptyFleet
    const offered = contractCompletions(document.getText(), document.offsetAt(at), fleet)
    return offered.map(({ label, insert, detail, kind, replaces }, index) => {
      const item = new CompletionItem(label, kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value)
      item.insertText = new SnippetString(insert)
      item.detail = detail
      item.sortText = String(index).padStart(5, '0')
      item.range = new Range(new Position(at.line, at.character - replaces), at)
      return item
    })
  }

  #actions(document: TextDocument, range: Range): CodeAction[] {
    const file = this.#context.book.get(document.uri.toString())
    const marks = file ? contractMarks(file) : []
    return marks
      .filter((mark) => this.#range(document, mark.range).intersection(range) !== undefined)
      .flatMap((mark) => mark.fixes.map((fix) => this.#action(document, mark, fix)))
  }

  #action(document: TextDocument, mark: ContractMark, fix: ContractFix): CodeAction {
    const action = new CodeAction(fix.title, CodeActionKind.QuickFix)
    const codeOf = ({ code }: Diagnostic) => (typeof code === 'object' ? code.value : code)
    action.diagnostics = (this.#diagnostics.get(document.uri) ?? []).filter((one) => codeOf(one) === mark.code)
    if (fix.kind === 'replace') {
      action.edit = new WorkspaceEdit()
      action.edit.replace(document.uri, this.#range(document, mark.range), fix.text)
      action.isPreferred = true
    } else {
      action.command = commandOf(document.uri.toString(), fix)
    }
    return action
  }

  #range(document: TextDocument, { start, end }: TextRange): Range {
    return new Range(document.positionAt(start), document.positionAt(end))
  }
}
