import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineHttp, route } from '../../../../src/adapters/docker/engine-http'
import { openTransport } from '../../../../src/adapters/docker/open-transport'
import type { Transport } from '../../../../src/adapters/docker/transport'
import { ApiServer, aTransportContext, json, plain } from './api-server'

const { signal } = new AbortController()

let server: ApiServer
let transport: Transport
let http: EngineHttp

beforeEach(async () => {
  server = await new ApiServer().listen()
  transport = await openTransport({ kind: 'unix', path: server.socketPath }, aTransportContext, signal)
  http = new EngineHttp(transport, '1.41')
})

afterEach(async () => {
  transport.close()
  await server.close()
})

describe('requests', () => {
  it('encode each inserted part of a path', async () => {
    const seen: string[] = []
    server.on('GET *', (response, request) => {
      seen.push(request.path)
      json({})(response, request)
    })
    await http.send({ method: 'GET', path: route`/containers/${'../../etc?x=1#y'}/json` }, signal)
    expect(seen).toEqual(['/containers/..%2F..%2Fetc%3Fx%3D1%23y/json'])
  })

  it('send the body once, and not in the URL', async () => {
    server.on('POST /containers/create', json({ Id: 'c' }, 201))
    const body = { Image: 'nginx', Env: ['SECRET=1'] }
    await http.send({ method: 'POST', path: '/containers/create', query: { name: 'web' }, body }, signal)
    expect(server.last).toMatchObject({ query: { name: 'web' }, body: JSON.stringify(body) })
    expect(server.last.headers['content-type']).toBe('application/json')
  })

  it('send no body where there is none: from API 1.24 on, engines refuse one for a start', async () => {
    server.on('POST /containers/c/start', json({}))
    await http.send({ method: 'POST', path: '/containers/c/start' }, signal)
    expect(server.last).toMatchObject({ body: '', query: {} })
    expect(server.last.headers).toMatchObject({ 'content-length': '0' })
  })

  it('send filters as JSON', async () => {
    server.on('GET /networks', json([]))
    await http.send({ method: 'GET', path: '/networks', query: { filters: { id: ['a', 'b'] } } }, signal)
    expect(server.last.query).toEqual({ filters: '{"id":["a","b"]}' })
  })

  it('use one connection again', async () => {
    server.on('GET /info', json({}))
    for (let i = 0; i < 5; i++) await http.send({ method: 'GET', path: '/info' }, signal)
    expect(server.sockets.size).toBe(1)
  })

  it('use each connection once where it may be given away, whatever the server says of keeping it', async () => {
    const ports = new Set<unknown>()
    server.on('POST /exec/e/start', (response, request) => {
      ports.add(response.socket)
      response.setHeader('Connection', 'keep-alive')
      json({})(response, request)
    })
    const single = new EngineHttp(transport, undefined, 'single')
    for (let i = 0; i < 3; i++)
      await single.send({ method: 'POST', path: '/exec/e/start', body: { Detach: true } }, signal)
    expect(ports.size).toBe(3)
    expect(server.last.headers.connection).toBe('close')
  })
})

describe('redirects', () => {
  it.each(['http://127.0.0.1:1/elsewhere', '/v1.41/containers/x/start', 'nonsense:', ''])(
    'are not followed to %j',
    async (location) => {
      const other: string[] = []
      server.on('GET /containers/x/start', (response, request) => {
        other.push(request.path)
        json({})(response, request)
      })
      server.on('GET /info', (response) => response.writeHead(301, { Location: location }).end('moved'))
      await expect(http.send({ method: 'GET', path: '/info' }, signal)).rejects.toMatchObject({ statusCode: 301 })
      expect(other).toEqual([])
    },
  )
})

describe('the environment', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each(['tcp://192.0.2.1:2376', 'ssh://nobody@192.0.2.1', 'nonsense', 'unix:///nowhere.sock'])(
    'with DOCKER_HOST=%s changes nothing',
    async (value) => {
      vi.stubEnv('DOCKER_HOST', value)
      vi.stubEnv('DOCKER_CERT_PATH', '/does/not/exist')
      vi.stubEnv('DOCKER_TLS_VERIFY', '1')
      vi.stubEnv('DOCKER_PATH_PREFIX', '/prefix')
      server.on('GET /info', json({ Name: 'tolkewitz' }))
      const client = new EngineHttp(transport)
      expect(await client.send({ method: 'GET', path: '/info' }, signal)).toEqual({ Name: 'tolkewitz' })
      expect(process.env['DOCKER_HOST']).toBe(value)
    },
  )
})

describe('hijacking', () => {
  const attach = { method: 'POST', path: '/containers/c/attach', query: { stream: true } } as const

  it('sends nothing that the container could take for input', async () => {
    let early: Buffer | undefined
    server.onHijack('/containers/c/attach', (socket, _request, head) => {
      early = head
      socket.once('data', (data: Buffer) => socket.end(Buffer.concat([Buffer.from('got '), data])))
    })
    const stream = await http.hijack(attach, signal)
    expect(server.last.headers).toMatchObject({ upgrade: 'tcp', connection: 'Upgrade', 'content-length': '0' })
    expect(server.last.headers).not.toHaveProperty('transfer-encoding')
    stream.write('typed')
    const output: Buffer[] = []
    for await (const chunk of stream) output.push(chunk as Buffer)
    expect(Buffer.concat(output).toString()).toBe('got typed')
    expect(early).toHaveLength(0)
  })

  it('loses nothing of what comes together with the answer', async () => {
    server.onHijack('/containers/c/attach', (socket) => socket.end('first words'))
    const stream = await http.hijack(attach, signal)
    const output: Buffer[] = []
    for await (const chunk of stream) output.push(chunk as Buffer)
    expect(Buffer.concat(output).toString()).toBe('first words')
  })

  it('says so where a proxy answers without giving the connection over', async () => {
    // A server that does not know upgrades answers as to any request.
    server.refuseUpgrades()
    server.on('POST /containers/c/attach', (response) => response.writeHead(200).end('stream'))
    await expect(http.hijack(attach, signal)).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('gives the engine’s refusal', async () => {
    server.refuseUpgrades()
    server.on('POST /containers/c/attach', plain('no such container', 404))
    await expect(http.hijack(attach, signal)).rejects.toMatchObject({ statusCode: 404 })
  })
})
