import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ManagedEngine } from '../../../lab/classic/managed-engine'

/*
 * The manager's books against an engine whose answers arrive late: each `/networks` waits until the test lets it go.
 */

interface Waiting {
  readonly answer: (names: readonly string[]) => void
}

let server: Server
let engine: ManagedEngine
let waiting: Waiting[]
let isHeld: boolean

const listed = (names: readonly string[]) => names.map((name) => ({ Id: `id-${name}`, Name: name, Scope: 'global' }))

const serve: RequestListener = ({ url = '' }, response) => {
  const answer = (body: unknown) => response.end(JSON.stringify(body))
  if (url.endsWith('/events')) {
    response.flushHeaders()
    return
  }
  if (!url.endsWith('/networks')) {
    answer(url.endsWith('/volumes') ? { Volumes: [] } : url.endsWith('/info') ? { Name: 'lindenau' } : [])
    return
  }
  if (isHeld) waiting.push({ answer: (names) => answer(listed(names)) })
  else answer(listed(['blue', 'green']))
}

async function start(): Promise<void> {
  waiting = []
  isHeld = false
  server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const quiet = () => undefined
  const options = { apiVersion: '1.24', refreshMs: 60_000, failureRetries: 3, onEvent: quiet, onState: quiet }
  engine = new ManagedEngine(`127.0.0.1:${port}`, options)
  await engine.start()
  isHeld = true
}

/** The request for networks that arrives as the next one. */
async function asked(count: number): Promise<void> {
  while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
}

afterEach(() => {
  engine.close()
  server.closeAllConnections()
  server.close()
})

const names = () => engine.networks.map(({ Name }) => Name)

describe('what a manager keeps of an engine', () => {
  it('does not list a removed network again because of an answer that was on its way', async () => {
    await start()
    const looking = engine.refresh()
    await asked(1)
    engine.forgetNetwork('id-blue')
    waiting[0]!.answer(['blue', 'green'])
    await looking
    expect(names()).toEqual(['green'])
  })

  it('does not list a removed network again because the engine has not noticed yet', async () => {
    await start()
    engine.forgetNetwork('id-blue')
    const looking = engine.refresh()
    await asked(1)
    waiting[0]!.answer(['blue', 'green', 'red'])
    await looking
    expect(names()).toEqual(['green', 'red'])
  })

  it('asks once more where a network is missing, and believes that', async () => {
    await start()
    const looking = engine.refresh()
    await asked(1)
    waiting[0]!.answer([])
    await asked(2)
    waiting[1]!.answer(['green'])
    await looking
    expect(names()).toEqual(['green'])
  })

  it('looks again until a network that was just made is listed', async () => {
    await start()
    const looking = engine.refreshWith('id-red')
    await asked(1)
    waiting[0]!.answer(['blue', 'green'])
    await asked(2)
    waiting[1]!.answer(['blue', 'green', 'red'])
    await looking
    expect(names()).toEqual(['blue', 'green', 'red'])
  })

  it('does not take an older answer for a newer one', async () => {
    await start()
    // An event and a look ask at the same time.
    const older = engine.readNetworks()
    await asked(1)
    const newer = engine.readNetworks()
    await asked(2)
    waiting[1]!.answer(['blue', 'green', 'red'])
    await newer
    waiting[0]!.answer(['blue', 'green', 'red', 'old'])
    await older
    expect(names()).toEqual(['blue', 'green', 'red'])
  })
})
