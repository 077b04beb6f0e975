import { describe, expect, it } from 'vitest'
import { LazyConnector } from '../../../src/app/lazy-connector'
import type { Target } from '../../../src/core/model/target'
import type { EngineClient } from '../../../src/core/ports/engine'
import type { TerminalSession } from '../../../src/core/ports/terminal'
import type { HostShell } from '../../../src/core/ports/host-shell'

const target: Target = {
  id: 'settings:tolkewitz',
  name: 'tolkewitz',
  endpoint: { kind: 'unix', path: '/var/run/docker.sock' },
  source: 'settings',
  isDisabled: false,
}

function lazily() {
  const seen = { loads: 0, connects: 0, disposals: 0 }
  const client = { target } as EngineClient
  const shell = { host: target.name } as HostShell
  const terminal = { hasTty: true } as TerminalSession
  const connector = new LazyConnector(() => {
    seen.loads++
    return Promise.resolve({
      connect: () => {
        seen.connects++
        return Promise.resolve(client)
      },
      openShell: () => Promise.resolve(shell),
      openTerminal: () => Promise.resolve(terminal),
      dispose: () => {
        seen.disposals++
      },
    })
  })
  return { connector, seen, client, shell, terminal }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))
const { signal } = new AbortController()

describe('LazyConnector', () => {
  it('loads once, and not before it connects', async () => {
    const { connector, seen, client } = lazily()
    expect(seen.loads).toBe(0)
    expect(await Promise.all([connector.connect(target, signal), connector.connect(target, signal)])).toEqual([
      client,
      client,
    ])
    expect(seen).toEqual({ loads: 1, connects: 2, disposals: 0 })
  })

  it('opens shells and terminals through the same connector', async () => {
    const { connector, seen, shell, terminal } = lazily()
    await connector.connect(target, signal)
    expect(await connector.openShell(target, signal)).toBe(shell)
    expect(await connector.openTerminal(target, { columns: 80, rows: 24 }, signal)).toBe(terminal)
    expect(seen.loads).toBe(1)
  })

  it('disposes what it loaded', async () => {
    const { connector, seen } = lazily()
    await connector.connect(target, signal)
    connector.dispose()
    await settle()
    expect(seen.disposals).toBe(1)
  })

  it('does not load in order to dispose', async () => {
    const { connector, seen } = lazily()
    connector.dispose()
    await settle()
    expect(seen).toEqual({ loads: 0, connects: 0, disposals: 0 })
  })

  it('does not connect what was disposed while it loaded', async () => {
    const { connector, seen } = lazily()
    const connecting = connector.connect(target, signal)
    connector.dispose()
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled', host: 'tolkewitz' })
    expect(seen).toEqual({ loads: 1, connects: 0, disposals: 1 })
  })

  it('does not connect what was cancelled while it loaded', async () => {
    const { connector, seen } = lazily()
    const controller = new AbortController()
    const connecting = connector.connect(target, controller.signal)
    controller.abort()
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen.connects).toBe(0)
  })
})
