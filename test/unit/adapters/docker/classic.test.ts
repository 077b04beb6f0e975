import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ContainerSpec, EngineClient } from '../../../../src/core/ports/engine'
import { ApiServer, json, plain } from './api-server'

const { signal } = new AbortController()
const spec: ContainerSpec = {
  name: 'web',
  image: 'nginx:latest',
  command: [],
  networkId: 'gnswarm',
  aliases: [],
  environment: ['MODE=test'],
  publishedPorts: [],
  labels: {},
  hasTty: false,
  isInteractive: false,
  restart: 'no',
}

let server: ApiServer
let manager: EngineClient

beforeEach(async () => {
  server = await new ApiServer().listen()
  server.on('GET /version', json({ Version: 'swarm/1.2.9', ApiVersion: '1.40' }))
  manager = await server.connect()
})

afterEach(() => server.close())

const environment = (): unknown => (JSON.parse(server.last.body) as { Env: unknown }).Env

describe('a manager of a classic Swarm', () => {
  it('is told the placement in the environment, after what the container itself gets', async () => {
    server.on('POST /containers/create', json({ Id: 'c' }, 201))
    const placement = { constraints: ['site==north'], affinities: ['container!=db'] }
    await manager.containers.create({ ...spec, placement }, signal)
    expect(environment()).toEqual(['MODE=test', 'constraint:site==north', 'affinity:container!=db'])
    await manager.onNode!('lindenau').containers.create(spec, signal)
    expect(environment()).toEqual(['MODE=test', 'constraint:node==lindenau'])
  })

  it('is asked without a version, over a connection for each request', async () => {
    const sockets = new Set<unknown>()
    const paths: (string | undefined)[] = []
    server.on('GET /networks', (response, request) => {
      sockets.add(response.socket)
      paths.push(response.req.url)
      response.setHeader('Connection', 'keep-alive')
      json([])(response, request)
    })
    for (let i = 0; i < 3; i++) await manager.networks.list(signal)
    expect(sockets.size).toBe(3)
    expect(paths.every((path) => path?.startsWith('/networks'))).toBe(true)
  })

  it('is not believed about an overlay network that an event said was removed', async () => {
    const gnswarm = { Id: 'n1', Name: 'gnswarm', Driver: 'overlay', Scope: 'global' }
    const bridge = { Id: 'n2', Name: 'lindenau/bridge', Driver: 'bridge', Scope: 'local' }
    server.on('GET /networks', json([gnswarm, bridge]))
    server.on('GET /events', (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      for (const { Id, Driver } of [gnswarm, bridge])
        response.write(
          JSON.stringify({ Type: 'network', Action: 'destroy', Actor: { ID: Id, Attributes: { type: Driver } } }),
        )
    })
    expect(await manager.networks.list(signal)).toHaveLength(2)
    const end = new AbortController()
    const events = await manager.system.events(end.signal)
    const seen: unknown[] = []
    for await (const event of events) if (seen.push(event) === 2) break
    end.abort()
    expect((await manager.networks.list(signal)).map(({ id }) => id)).toEqual(['n2'])
  })

  it.each([
    [
      500,
      'Unable to find a node that satisfies the following conditions \n[node==x]',
      'engine-error',
      /No healthy node fulfils/,
    ],
    [
      409,
      'Conflict: The name web is already assigned. You have to delete (or rename) that container',
      'conflict',
      /another name/,
    ],
    [500, 'No healthy node available in the cluster', 'unreachable', /reaches none of its engines/],
    [500, 'One of operator ==, != is expected', 'invalid-input', /KEY==VALUE/],
    [500, 'Unable to reach primary cluster manager (dial tcp: refused): x:3376', 'unreachable', /replica/],
    [500, 'Container web running on unhealthy node lindenau', 'unreachable', /lost this node/],
    [500, 'Error response from daemon: network gnswarm is ambiguous (2 matches found on name)', 'conflict', /its ID/],
  ])('explains its refusals: %i %s', async (status, words, code, remedy) => {
    server.on('POST /containers/create', plain(words, status))
    const failure: unknown = await manager.containers.create(spec, signal).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, message: expect.stringContaining(words.slice(0, 30)) as string })
    expect((failure as { remedy: string }).remedy).toMatch(remedy)
  })

  it('leaves pulling to the node that gets the container: asked to, it would pull on all', async () => {
    const said: string[] = []
    await manager.images.pull('redis:7', (line) => said.push(line), signal)
    expect(said).toEqual(['redis:7 is left to the node that the container goes to'])
    expect(server.requests).toEqual([])
  })

  it.each(['1.0.0', '1.1.0'])('%s: only 1.0 asks an engine that does not have the container', async (version) => {
    server.on('GET /version', json({ Version: `swarm/${version}`, ApiVersion: '1.21' }))
    const old = await server.connect()
    server.on('POST *', json({ message: 'No such container: c' }, 404))
    const failures = await Promise.all(
      [
        old.networks.connect('n', { containerId: 'c', aliases: [] }, signal),
        old.networks.disconnect('n', { container: 'c', force: false }, signal),
      ].map((work) => work.catch((error: unknown) => error)),
    )
    const code = version === '1.0.0' ? 'unsupported' : 'not-found'
    expect(failures).toMatchObject([{ code }, { code }])
    if (version === '1.0.0')
      expect(failures).toMatchObject(Array(2).fill({ remedy: expect.stringContaining('from 1.1 on') as string }))
  })

  it('says that it has no services', async () => {
    server.on('GET /services', plain('404 page not found', 404))
    await expect(manager.swarm.services(signal)).rejects.toMatchObject({ code: 'unsupported' })
  })
})

it('an engine refuses a placement, which it would not understand', async () => {
  await using plainServer = Object.assign(await new ApiServer().listen(), {
    async [Symbol.asyncDispose](this: ApiServer) {
      await this.close()
    },
  })
  const engine = await plainServer.connect()
  const placement = { constraints: [], affinities: [] }
  await expect(engine.containers.create({ ...spec, placement }, signal)).rejects.toMatchObject({ code: 'unsupported' })
  expect(plainServer.requests).toEqual([])
})
