import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { commands, extensions, type Extension } from 'vscode'
import { recordFigure } from './figures'

const id = 'swarm-networks.swarm-networks'

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] }
}

function theExtension(): Extension<unknown> {
  const extension = extensions.getExtension(id)
  assert.ok(extension, `${id} is not among the extensions`)
  return extension
}

describe('the extension', () => {
  it('activates', async () => {
    const extension = theExtension()
    const wasActive = extension.isActive
    const started = performance.now()
    await extension.activate()
    assert.ok(extension.isActive)
    // What is active already says nothing about the time that it took.
    if (!wasActive) recordFigure('activation in the extension host, ms', performance.now() - started)
  })

  it('registers every command that its manifest contributes', async () => {
    const extension = theExtension()
    await extension.activate()
    const registered = new Set(await commands.getCommands(true))
    const contributed = (extension.packageJSON as Manifest).contributes.commands.map(({ command }) => command)
    assert.notEqual(contributed.length, 0)
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    )
  })
})
