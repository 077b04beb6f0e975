import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Endpoint } from '../../../../src/core/model/target'
import { aConnector, ApiServer, aTarget, json, plain, silence, type Answer } from './api-server'
import { issueCertificate } from './certificates'

const { signal } = new AbortController()
const ends: (() => unknown)[] = []

afterEach(async () => {
  vi.useRealTimers()
  for (const end of ends.splice(0)) await end()
})

/** The step that connecting fails at. */
async function failedStep(endpoint: Endpoint): Promise<string | undefined> {
  return (await failed(endpoint)).step
}

async function failed(endpoint: Endpoint): Promise<SwarmNetworksError> {
  const error: unknown = await aConnector()
    .connect(aTarget(endpoint), signal)
    .catch((reason: unknown) => reason)
  if (error instanceof SwarmNetworksError) return error
  throw new Error('It connected', { cause: error })
}

async function anEngine(answer: Answer, on: 'socket' | 'port' = 'port'): Promise<ApiServer> {
  const server = await new ApiServer().listen(on)
  ends.push(() => server.close())
  return server.on('GET /version', answer)
}

async function aListener(onConnection: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    ends.push(() => socket.destroy())
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  return (server.address() as AddressInfo).port
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'steps-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  return folder
}

const tcp = (port: number, host = '127.0.0.1'): Endpoint => ({ kind: 'tcp', host, port })
const tls = (port: number, files = {}): Endpoint => ({ kind: 'tls', host: '127.0.0.1', port, files })

describe('the step that a connection fails at', () => {
  it('is the name', async () => {
    expect(await failedStep(tcp(2375, 'no-such-host.invalid'))).toBe('resolve')
  })

  it('is the port', async () => {
    expect(await failedStep(tcp(1))).toBe('connect')
    expect(await failedStep(tls(1))).toBe('connect')
    expect(await failedStep(tcp(1, 'localhost'))).toBe('connect')
  })

  it('is the answer, where something listens that is no engine or says nothing', async () => {
    expect(await failedStep(tcp((await anEngine(plain('404 page not found', 404))).port))).toBe('version')
    expect(await failedStep(tcp((await anEngine(json({ Version: '1.0', ApiVersion: '1.10' }))).port))).toBe('version')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const silent = await anEngine(silence)
    const failure = failed(tcp(silent.port))
    await vi.waitFor(() => expect(silent.requests).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(16_000)
    const { step, message, remedy } = await failure
    expect(step).toBe('version')
    expect(message).toMatch(/: no answer within 15 s: the connection was taken, but no engine answered$/)
    expect(remedy).toContain('port of an engine')
  })

  it('is the files of TLS', async () => {
    expect(await failedStep(tls(1, { ca: '/does/not/exist.pem' }))).toBe('files')
  })

  it('is TLS, where the server does not speak it or is not to be trusted', async () => {
    expect(await failedStep(tls(await aListener((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))))).toBe(
      'tls',
    )
    const { cert, key } = issueCertificate({ name: 'tolkewitz', names: ['127.0.0.1'] })
    const server = await new ApiServer({ cert, key }).listen('port')
    ends.push(() => server.close())
    expect(await failedStep(tls(server.port))).toBe('tls')
  })

  it('is who we are, where the server wants a certificate', async () => {
    const authority = issueCertificate({ name: 'authority' })
    const { cert, key } = issueCertificate({ name: 'tolkewitz', issuer: authority, names: ['127.0.0.1'] })
    const options = { cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true }
    const server = await new ApiServer(options).listen('port')
    ends.push(() => server.close())
    const ca = join(aFolder(), 'ca.pem')
    writeFileSync(ca, authority.cert)
    expect(await failedStep(tls(server.port, { ca }))).toBe('authentication')
  })

  it('is the socket, or what answers behind it', async () => {
    expect(await failedStep({ kind: 'unix', path: join(aFolder(), 'no.sock') })).toBe('socket')
    const { socketPath } = await anEngine(plain('no', 500), 'socket')
    expect(await failedStep({ kind: 'unix', path: socketPath })).toBe('version')
  })

  it('is the right to use what answers', async () => {
    const { socketPath } = await anEngine(plain('no', 403), 'socket')
    expect(await failedStep({ kind: 'unix', path: socketPath })).toBe('permission')
  })
})
