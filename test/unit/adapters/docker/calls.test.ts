import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { EngineClient } from '../../../../src/core/ports/engine'
import { ApiServer, frame, json, silence } from './api-server'

const container = {
  name: 'web',
  image: 'nginx:latest',
  command: [],
  networkId: 'n',
  aliases: [],
  environment: [],
  publishedPorts: [],
  labels: {},
  hasTty: false,
  isInteractive: false,
  restart: 'no',
} as const
const network = {
  name: 'gnswarm',
  subnets: [],
  isAttachable: true,
  isInternal: false,
  isEncrypted: false,
  labels: {},
} as const
const terminal = { size: { columns: 80, rows: 24 }, detachKeys: 'ctrl-p,ctrl-q' }

type Run = (engine: EngineClient, signal: AbortSignal) => Promise<unknown>

/** Every method of every client. */
const methods: Readonly<Record<string, Run>> = {
  'system.info': (engine, signal) => engine.system.info(signal),
  'system.events': (engine, signal) => engine.system.events(signal),
  'system.clock': (engine, signal) => engine.system.clock(signal),
  'containers.list': (engine, signal) => engine.containers.list(signal),
  'containers.inspect': (engine, signal) => engine.containers.inspect('c', signal),
  'containers.create': (engine, signal) => engine.containers.create(container, signal),
  'containers.createHelper': (engine, signal) =>
    engine.containers.createHelper({ image: 'busybox', containerId: 'c', seconds: 5 }, signal),
  'containers.start': (engine, signal) => engine.containers.start('c', signal),
  'containers.stop': (engine, signal) => engine.containers.stop('c', signal),
  'containers.restart': (engine, signal) => engine.containers.restart('c', signal),
  'containers.unpause': (engine, signal) => engine.containers.unpause('c', signal),
  'containers.remove': (engine, signal) => engine.containers.remove('c', { force: true }, signal),
  'containers.logs': (engine, signal) =>
    engine.containers.logs('c', { follow: true, tail: 10, timestamps: false }, signal),
  'containers.exec': (engine, signal) => engine.containers.exec('c', { command: ['id'], deadlineMs: 10_000 }, signal),
  'containers.traffic': (engine, signal) => engine.containers.traffic('c', signal),
  'containers.attach': (engine, signal) => engine.containers.attach('c', terminal, signal),
  'containers.shell': (engine, signal) => engine.containers.shell('c', { ...terminal, command: ['sh'] }, signal),
  'networks.list': (engine, signal) => engine.networks.list(signal),
  'networks.inspect': (engine, signal) => engine.networks.inspect('n', signal),
  'networks.view': (engine, signal) => engine.networks.view('n', signal),
  'networks.create': (engine, signal) => engine.networks.create(network, signal),
  'networks.remove': (engine, signal) => engine.networks.remove('n', signal),
  'networks.connect': (engine, signal) => engine.networks.connect('n', { containerId: 'c', aliases: [] }, signal),
  'networks.disconnect': (engine, signal) => engine.networks.disconnect('n', { container: 'c', force: false }, signal),
  'images.list': (engine, signal) => engine.images.list(signal),
  'images.pull': (engine, signal) => engine.images.pull('nginx:latest', () => undefined, signal),
  'swarm.nodes': (engine, signal) => engine.swarm.nodes(signal),
  'swarm.services': (engine, signal) => engine.swarm.services(signal),
  'swarm.tasks': (engine, signal) => engine.swarm.tasks({}, signal),
  'swarm.attachments': (engine, signal) => engine.swarm.attachments(signal),
  'swarm.inspectService': (engine, signal) => engine.swarm.inspectService('s', signal),
  'swarm.forceUpdate': (engine, signal) => engine.swarm.forceUpdate('s', signal),
  'swarm.setAvailability': (engine, signal) => engine.swarm.setAvailability('n', 'active', signal),
  'swarm.inspectTask': (engine, signal) => engine.swarm.inspectTask('t', signal),
}
const names = Object.keys(methods)

let server: ApiServer
let engine: EngineClient

beforeEach(async () => {
  server = await new ApiServer().listen()
  engine = await server.connect()
})

afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
}

it('names every method of the client', () => {
  const groups = ['system', 'containers', 'networks', 'images', 'swarm'] as const
  const all = groups.flatMap((group) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(engine[group]))
      // What is not public is a step of one that is.
      .filter((name) => name !== 'constructor' && name !== 'createWithin')
      .map((name) => `${group}.${name}`),
  )
  expect([...names].sort()).toEqual(all.sort())
})

describe('with an engine that never answers', () => {
  beforeEach(() => {
    for (const method of ['GET', 'POST', 'DELETE']) server.on(`${method} /*`, silence)
  })

  it.each(names)('%s ends when its signal is aborted, and lets go of the connection', async (name) => {
    const abort = new AbortController()
    const result = outcome(methods[name]!(engine, abort.signal))
    await vi.waitFor(() => expect(server.requests).toHaveLength(1))
    abort.abort()
    expect(await result).toMatchObject({ code: 'cancelled' })
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it.each(names)('%s sends nothing when its signal was aborted before', async (name) => {
    const result = await outcome(methods[name]!(engine, AbortSignal.abort()))
    expect(result).toMatchObject({ code: 'cancelled' })
    expect(server.requests).toEqual([])
  })

  it.each(names)('%s ends at its own deadline', async (name) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const result = outcome(methods[name]!(engine, new AbortController().signal))
    await vi.advanceTimersByTimeAsync(121_000)
    expect(await result).toMatchObject({
      code: 'timeout',
      host: 'tolkewitz',
      message: expect.stringMatching(/^Cannot .*: no answer within [\d.]+ s$/) as string,
    })
  })

  it.each(names)('%s ends when the engine is closed', async (name) => {
    const result = outcome(methods[name]!(engine, new AbortController().signal))
    await vi.waitFor(() => expect(server.requests).toHaveLength(1))
    engine.close()
    expect(await result).toMatchObject({ code: 'unreachable' })
  })
})

describe('with an engine that dies', () => {
  it.each(names)('%s fails as unreachable', async (name) => {
    for (const method of ['GET', 'POST', 'DELETE']) server.on(`${method} /*`, () => server.cut())
    const result = await outcome(methods[name]!(engine, new AbortController().signal))
    expect(SwarmNetworksError.is(result, 'unreachable')).toBe(true)
    expect(result).toMatchObject({ host: 'tolkewitz' })
  })
})

describe('an answer that stalls in the middle', () => {
  it('ends at the deadline', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    server.on('GET /networks/n', (response) => response.writeHead(200).write('{"Name":'))
    const result = outcome(engine.networks.inspect('n', new AbortController().signal))
    await vi.waitFor(() => expect(server.requests).toHaveLength(1))
    await vi.advanceTimersByTimeAsync(16_000)
    expect(await result).toMatchObject({ code: 'timeout' })
  })

  it('of a command ends at the command’s deadline', async () => {
    server.on('POST /containers/c/exec', json({ Id: 'e' }, 201))
    server.on('POST /exec/e/start', (response) => response.writeHead(200).write(frame(1, 'so far')))
    const output: string[] = []
    const exec = engine.containers.exec(
      'c',
      { command: ['sleep', '60'], deadlineMs: 200, onOutput: (text) => output.push(text) },
      new AbortController().signal,
    )
    expect(await outcome(exec)).toMatchObject({ code: 'timeout', host: 'tolkewitz' })
    expect(output).toEqual(['so far'])
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })
})

describe('many calls at the same time', () => {
  it('with one signal warn of no leak, and leave nothing on it', async () => {
    server.on('GET /containers/json', json([]))
    const warnings: string[] = []
    const keep = ({ message }: Error) => void warnings.push(message)
    process.on('warning', keep)
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 15 }, () => engine.containers.list(signal)))
    // Node tells of a leak in the next tick.
    await new Promise(setImmediate)
    process.off('warning', keep)
    expect(warnings).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('all end when their signal is aborted', async () => {
    server.on('GET /containers/json', silence)
    const abort = new AbortController()
    const results = Array.from({ length: 15 }, () => outcome(engine.containers.list(abort.signal)))
    await vi.waitFor(() => expect(server.requests).toHaveLength(15))
    abort.abort()
    for (const result of await Promise.all(results)) expect(result).toMatchObject({ code: 'cancelled' })
  })
})
