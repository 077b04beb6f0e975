import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import * as vscode from 'vscode'
import { until } from './until'

describe('a contract in the editor', () => {
  let folder: string
  let uri: vscode.Uri

  const text = 'must:\n  - from: shell1\n    to: web\n    tpc: 80\n'
  const place = (word: string) => {
    const before = text.slice(0, text.indexOf(word) + 1).split('\n')
    return new vscode.Position(before.length - 1, before.at(-1)!.length)
  }

  before(async () => {
    await vscode.extensions.getExtension('swarm-networks.swarm-networks')!.activate()
    folder = await mkdtemp(join(tmpdir(), 'swarm-networks-contract-'))
    uri = vscode.Uri.file(join(folder, 'app.connectivity.yaml'))
    await writeFile(uri.fsPath, text)
    await vscode.window.showTextDocument(uri)
  })

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    await rm(folder, { recursive: true, force: true })
  })

  it('has a problem at the key that nobody knows, with a link to the manual, and a quick fix that mends it', async () => {
    await until('the problem', () => vscode.languages.getDiagnostics(uri).length === 1)
    const [problem] = vscode.languages.getDiagnostics(uri)
    assert.match(problem!.message, /Did you mean `tcp`/)
    assert.equal(problem!.range.start.line, 3)
    const { value, target } = problem!.code as { value: string; target: vscode.Uri }
    assert.equal(value, 'unknown-key')
    await vscode.workspace.fs.stat(target)
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem!.range,
    )
    const fix = actions.find(({ title }) => title === 'Change to tcp')
    await vscode.workspace.applyEdit(fix!.edit!)
    await until('no problem', () => vscode.languages.getDiagnostics(uri).length === 0)
  })

  it('says in a hover whom a name means now', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      place('web'),
    )
    const said = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n')
    assert.match(said, /`web` means no container now/)
  })

  it('completes keys', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new vscode.Position(4, 0),
    )
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    assert.ok(labels.includes('mustNot'), labels.join(', '))
  })
})
