import { Uri, commands, window, workspace, type Disposable } from 'vscode'
import type { ContractBook } from '../../app/contract/contract-book'
import { rangeIn } from './range-in'

/** Shows a line of a contract in its file: the address of the file, and what the line says. */
export const showLineCommand = 'swarmNetworks.contracts.showLine'

/** Registers the command that a click on a line's finding runs; a line that is gone by now leaves the file's top. */
export function registerShowLine(book: ContractBook): Disposable {
  return commands.registerCommand(showLineCommand, async (address: unknown, title: unknown) => {
    const file = book.get(String(address))
    if (file === undefined) return
    const line = file.contract.lines.find((one) => one.title === title)
    const document = await workspace.openTextDocument(Uri.parse(String(address)))
    const place = line && rangeIn(file.text, { start: line.range.start, end: line.range.start })
    await window.showTextDocument(document, place ? { selection: place } : {})
  })
}
