import { Agent, createServer } from 'node:http'
import { connect as connectSocket, createServer as createNetServer, type AddressInfo } from 'node:net'
import { PassThrough, type Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DockerConnector } from '../../../../src/adapters/docker/connector'
import type { Transport } from '../../../../src/adapters/docker/transport'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Endpoint } from '../../../../src/core/model/target'
import { aConnector, ApiServer, aTarget, json, plain, silence } from './api-server'

const { signal } = new AbortController()
const ssh: Endpoint = { kind: 'ssh', host: 'tolkewitz' }

let server: ApiServer

beforeEach(async () => {
  server = await new ApiServer().listen()
})

afterEach(async () => {
  await server.close()
})

describe('several ways in', () => {
  const closed: Endpoint = { kind: 'tcp', host: '127.0.0.1', port: 1 }

  it('are tried in their order, and the one that is used says why those before it failed', async () => {
    const open: Endpoint = { kind: 'unix', path: server.socketPath }
    const target = { ...aTarget(closed), otherEndpoints: [open] }
    const engine = await aConnector().connect(target, signal)
    expect(engine.way.endpoint).toEqual(open)
    expect(engine.way.failed).toEqual([
      { endpoint: closed, reason: expect.stringContaining('nothing listens there') as string },
    ])
    engine.close()
  })

  it('fail together with what each of them said', async () => {
    const target = { ...aTarget({ ...closed, port: 2 }), otherEndpoints: [closed] }
    await expect(aConnector().connect(target, signal)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /tcp:\/\/127\.0\.0\.1:1: .*no other way in works: tcp:\/\/127\.0\.0\.1:2: /,
      ) as string,
    })
  })
})

describe('negotiation', () => {
  it.each([
    ['an engine of today', { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' }, '1.41'],
    ['one newer than we are', { Version: '31.0', ApiVersion: '1.60', MinAPIVersion: '1.44' }, '1.52'],
    ['Docker 29', { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' }, '1.52'],
    ['the oldest', { Version: '1.9.1', ApiVersion: '1.21' }, '1.21'],
  ])('speaks with %s', async (_, version, expected) => {
    const paths: (string | undefined)[] = []
    const plainServer = createServer((request, response) => {
      paths.push(request.url?.replace(/\?$/, ''))
      response.end(JSON.stringify(request.url?.includes('version') === true ? version : { Name: 'x' }))
    })
    await new Promise<void>((resolve) => plainServer.listen(0, '127.0.0.1', resolve))
    const { port } = plainServer.address() as AddressInfo
    const engine = await aConnector().connect(aTarget({ kind: 'tcp', host: '127.0.0.1', port }), signal)
    expect(engine.apiVersion).toBe(expected)
    await engine.system.info(signal)
    expect(paths).toEqual(['/version', `/v${expected}/info`])
    engine.close()
    plainServer.close()
  })

  it.each([
    ['too old', { Version: '1.8.3', ApiVersion: '1.20' }, /Docker 1\.8\.3 speaks the API up to 1\.20, at least 1\.21/],
    ['too new', { Version: '40.0', ApiVersion: '1.90', MinAPIVersion: '1.80' }, /from 1\.80 on, this extension up to/],
  ])('refuses an engine that is %s', async (_, version, message) => {
    server.on('GET /version', json(version))
    await expect(server.connect()).rejects.toMatchObject({
      code: 'api-version',
      host: 'tolkewitz',
      message: expect.stringMatching(message) as string,
      remedy: expect.stringMatching(/pgrade|pdate/) as string,
    })
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it.each([
    ['a web page', (response: { end: (text: string) => void }) => response.end('<html>'), 'protocol'],
    ['no version', json({ Version: '20.10', ApiVersion: 'latest' }), 'protocol'],
    ['a proxy’s refusal', plain('Forbidden', 403), 'permission-denied'],
    ['nothing known', plain('404 page not found', 404), 'unsupported'],
  ])('refuses what is no engine: %s', async (_, answer, code) => {
    server.on('GET /version', answer)
    await expect(server.connect()).rejects.toMatchObject({ code, host: 'tolkewitz' })
  })
})

describe('what cannot be reached', () => {
  it('says that the socket does not exist', async () => {
    const target = aTarget({ kind: 'unix', path: '/does/not/exist.sock' })
    await expect(aConnector().connect(target, signal)).rejects.toMatchObject({
      code: 'socket-missing',
      host: 'tolkewitz',
      message: expect.stringMatching(/^Cannot connect to the engine at unix:\/\/\/does\/not\/exist\.sock: /) as string,
    })
  })

  it('says that nothing listens', async () => {
    const closed = createNetServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const target = aTarget({ kind: 'tcp', host: '127.0.0.1', port })
    await expect(aConnector().connect(target, signal)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/nothing listens there \(connect ECONNREFUSED/) as string,
    })
  })

  it('says that it is no HTTP', async () => {
    const other = createNetServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('SSH-2.0-OpenSSH_9.2\r\n')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const target = aTarget({ kind: 'tcp', host: '127.0.0.1', port: (other.address() as AddressInfo).port })
    await expect(aConnector().connect(target, signal)).rejects.toMatchObject({ code: 'protocol' })
    other.close()
  })

  it('gives up at its deadline', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    server.on('GET /version', silence)
    const attempt = aConnector().connect(server.target, signal)
    const outcome = expect(attempt).rejects.toMatchObject({ code: 'timeout', host: 'tolkewitz' })
    await vi.advanceTimersByTimeAsync(16_000)
    await outcome
    vi.useRealTimers()
  })

  it('ends when the caller goes away', async () => {
    server.on('GET /version', silence)
    const abort = new AbortController()
    const attempt = aConnector().connect(server.target, abort.signal)
    await vi.waitFor(() => expect(server.requests).toHaveLength(1))
    abort.abort()
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it('sends nothing when the caller went away before', async () => {
    await expect(aConnector().connect(server.target, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    expect(server.requests).toEqual([])
  })
})

describe('looking before knocking', () => {
  it('keeps the hands off an engine that somebody stopped', async () => {
    const stopped = new SwarmNetworksError('engine-stopped', 'The Docker service is stopped', {
      host: 'tolkewitz',
      step: 'socket',
    })
    await expect(aConnector(() => Promise.reject(stopped)).connect(server.target, signal)).rejects.toBe(stopped)
    expect(server.requests).toEqual([])
    expect(server.sockets.size).toBe(0)
  })
})

describe('a transport of another kind', () => {
  class SocketAgent extends Agent {
    override createConnection = () => connectSocket(server.socketPath)
  }

  function openSsh(transport: Partial<Transport> = {}): { connector: DockerConnector; closed: () => number } {
    let closed = 0
    const agent = new SocketAgent({ keepAlive: true })
    const close = () => {
      closed++
      agent.destroy()
    }
    const whole: Transport = { dockerOptions: { host: 'docker', protocol: 'http', agent }, close, ...transport }
    return { connector: new DockerConnector({ openSsh: () => Promise.resolve(whole) }), closed: () => closed }
  }

  it('needs nothing but an agent', async () => {
    const { connector, closed } = openSsh()
    const engine = await connector.connect(aTarget(ssh), signal)
    server.on('GET /info', json({ Name: 'tolkewitz' }))
    expect(await engine.system.info(signal)).toMatchObject({ hostName: 'tolkewitz' })
    engine.close()
    expect(closed()).toBe(1)
  })

  it('is closed when there is no agreement', async () => {
    server.on('GET /version', json({ Version: '1.0', ApiVersion: '1.10' }))
    const { connector, closed } = openSsh()
    await expect(connector.connect(aTarget(ssh), signal)).rejects.toMatchObject({ code: 'api-version' })
    expect(closed()).toBe(1)
  })

  it('fails with its own error where it cannot be opened', async () => {
    const refused = new SwarmNetworksError('host-key-changed', 'The host key has changed', {
      host: 'tolkewitz',
      step: 'host-key',
    })
    const connector = new DockerConnector({ openSsh: () => Promise.reject(refused) })
    await expect(connector.connect(aTarget(ssh), signal)).rejects.toBe(refused)
  })

  it('fails a call with its own error where a connection cannot be made', async () => {
    const missing = new SwarmNetworksError('socket-missing', 'there is no /var/run/docker.sock')
    const agent = new (class extends Agent {
      override createConnection = (_options: object, callback?: (error: Error | null, stream: Duplex) => void) => {
        callback?.(missing, new PassThrough())
        return undefined
      }
    })()
    const other = openSsh({ dockerOptions: { host: 'docker', protocol: 'http', agent } })
    await expect(other.connector.connect(aTarget(ssh), signal)).rejects.toMatchObject({
      code: 'socket-missing',
      host: 'tolkewitz',
      message: 'Cannot connect to the engine at ssh://tolkewitz: there is no /var/run/docker.sock',
    })
  })

  it('ends by the signal while a connection is still being made', async () => {
    const createConnection = vi.fn(() => undefined)
    const agent = new (class extends Agent {
      override createConnection = createConnection
    })()
    const { connector, closed } = openSsh({ dockerOptions: { host: 'docker', protocol: 'http', agent } })
    const abort = new AbortController()
    const attempt = connector.connect(aTarget(ssh), abort.signal)
    await vi.waitFor(() => expect(createConnection).toHaveBeenCalledOnce())
    abort.abort()
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' })
    expect(closed()).toBe(1)
  })

  it('ends all calls with its reason when it is lost', async () => {
    let lose: (reason: SwarmNetworksError) => void = () => undefined
    const dispose = vi.fn()
    const { connector } = openSsh({
      onClosed: (listener) => {
        lose = listener
        return { dispose }
      },
    })
    const engine = await connector.connect(aTarget(ssh), signal)
    server.on('GET /info', silence)
    const call = engine.system.info(signal)
    await vi.waitFor(() => expect(server.find('/info')).toBeDefined())
    lose(new SwarmNetworksError('unreachable', 'the SSH connection was lost'))
    await expect(call).rejects.toMatchObject({
      code: 'unreachable',
      message: 'Cannot read what the engine is: the SSH connection was lost',
    })
    engine.close()
    expect(dispose).toHaveBeenCalledOnce()
  })
})
