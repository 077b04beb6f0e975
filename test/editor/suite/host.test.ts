import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { ConfigurationTarget, commands, extensions, window, workspace, type TextDocument } from 'vscode'
import type { SwarmNetworksApi } from '../../../src/extension'
import type { Host } from '../../../src/core/model/host'
import { SmallEngine } from './small-engine'
import { until } from './until'

const hostId = 'settings:from-the-settings'

/** One host, from the setting that names it to the terminal in its container. */
describe('a host of the settings', () => {
  let engine: SmallEngine
  let api: SwarmNetworksApi

  const host = (): Host | undefined => api.fleet().hosts.find(({ id }) => id === hostId)
  const container = () => ({ kind: 'container', hostId, containerId: engine.containerId })
  const setHosts = (hosts: readonly unknown[] | undefined): Thenable<void> =>
    workspace.getConfiguration('swarmNetworks').update('hosts', hosts, ConfigurationTarget.Global)

  before(async () => {
    engine = await SmallEngine.start()
    const extension = extensions.getExtension<SwarmNetworksApi>('swarm-networks.swarm-networks')
    assert.ok(extension)
    api = await extension.activate()
  })

  after(async () => {
    await setHosts(undefined)
    await engine[Symbol.asyncDispose]()
  })

  it('is in the fleet as soon as it is written there', async () => {
    await setHosts([{ name: 'from-the-settings', url: engine.url }])
    const ready = await until('the host to be ready', () => (host()?.state === 'ready' ? host() : false))
    assert.equal(ready.name, 'small')
    assert.deepEqual(
      ready.engine?.containers.map(({ name, state }) => ({ name, state })),
      [{ name: 'web', state: 'running' }],
    )
  })

  it('follows what its engine announces', async () => {
    const state = () => host()?.engine?.containers[0]?.state
    engine.become('exited', 'die')
    await until('the container to have exited', () => state() === 'exited')
    engine.become('running', 'start')
    await until('the container to run', () => state() === 'running')
  })

  it('shows an inspection as a JSON document that cannot be typed into', async () => {
    await commands.executeCommand('swarmNetworks.inspect', container())
    const document: TextDocument = await until('the document', () => {
      const shown = window.activeTextEditor?.document
      return shown?.uri.scheme === 'swarm-networks' ? shown : false
    })
    assert.equal(document.languageId, 'json')
    assert.equal((JSON.parse(document.getText()) as { Id: string }).Id, engine.containerId)
    await commands.executeCommand('type', { text: 'x' })
    assert.equal(document.isDirty, false)
    assert.ok(document.getText().startsWith('{'))
  })

  it('lets one type into a container, and leaves it running when the terminal is closed', async () => {
    await commands.executeCommand('swarmNetworks.attach', container())
    const terminal = await until('the terminal', () => window.terminals.find(({ name }) => name.includes('web')))
    assert.equal(terminal.name, 'web @ small')
    await until('the engine to be attached to', () => engine.attached === 1)
    terminal.sendText('grüße')
    await until('the typed text to arrive', () => engine.typed.includes('grüße\r'))
    terminal.dispose()
    await until('the stream to be closed', () => engine.attached === 0)
    const changing = engine.requests.filter((request) => /^DELETE|\/(stop|kill|pause|restart)$/.test(request))
    assert.deepEqual(changing, [])
  })

  it('is gone as soon as it is taken out', async () => {
    await setHosts(undefined)
    await until('the host to go', () => host() === undefined)
  })
})
