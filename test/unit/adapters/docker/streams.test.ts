import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readMultiplexed } from '../../../../src/adapters/docker/multiplex'
import type { EngineClient, EngineEvent, LogChunk } from '../../../../src/core/ports/engine'
import { ApiServer, frame, json, plain } from './api-server'

const { signal } = new AbortController()

let server: ApiServer
let engine: EngineClient
let response: ServerResponse

beforeEach(async () => {
  server = await new ApiServer().listen()
  engine = await server.connect()
})

afterEach(async () => {
  await server.close()
})

function start(id: string): string {
  return JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: id } })
}

describe('events', () => {
  beforeEach(() => {
    server.on('GET /events', (opened) => {
      response = opened
      opened.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
    })
  })

  it('opens before anything happens', async () => {
    await engine.system.events(signal)
    expect(JSON.parse(server.last.query['filters']!)).toEqual({
      type: ['container', 'network', 'node', 'service', 'daemon'],
    })
  })

  it('yields events however they are cut and joined, and nothing of what is noise', async () => {
    const events = await engine.system.events(signal)
    const seen: EngineEvent[] = []
    const reading = (async () => {
      for await (const event of events) seen.push(event)
    })()
    const two = Buffer.from(`${start('ü1')}${start('c2')}\n`)
    for (const byte of two) response.write(Buffer.of(byte))
    response.write('{"Type":"volume","Action":"create","Actor":{"ID":"v"}}\n{"Type":"container","Action":"exec_die"')
    response.write(`,"Actor":{"ID":"c"}}${start('c3')}`)
    await vi.waitFor(() => expect(seen).toHaveLength(3))
    expect(seen).toEqual(['ü1', 'c2', 'c3'].map((containerId) => ({ kind: 'container', action: 'start', containerId })))
    response.end()
    await expect(reading).rejects.toMatchObject({ code: 'unreachable' })
  })

  async function follow(within: AbortSignal): Promise<void> {
    const events = await engine.system.events(within)
    response.write(start('c1'))
    const iterator = events[Symbol.asyncIterator]()
    while (!(await iterator.next()).done) continue
  }

  it('ends quietly by the signal, and closes the connection', async () => {
    const abort = new AbortController()
    const following = follow(abort.signal)
    setTimeout(() => abort.abort(), 50)
    await following
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it('closes the connection when the reader leaves', async () => {
    const events = await engine.system.events(signal)
    response.write(start('c1'))
    const iterator = events[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.return?.()
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it('does not wait for a reader to close the connection', async () => {
    const abort = new AbortController()
    await engine.system.events(abort.signal)
    abort.abort()
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it.each([
    ['ends', () => response.end(), /the engine closed the stream/],
    ['breaks', () => server.cut(), /the connection was lost/],
    ['is closed on our side', () => engine.close(), /the connection was closed/],
  ])('throws unreachable when the stream %s', async (_, act, message) => {
    const following = follow(signal)
    setTimeout(act, 50)
    await expect(following).rejects.toMatchObject({
      code: 'unreachable',
      host: 'tolkewitz',
      message: expect.stringMatching(message) as string,
    })
  })

  it('survives a loss that nobody reads', async () => {
    await engine.system.events(signal)
    server.cut()
    await new Promise((resolve) => setTimeout(resolve, 50))
  })

  it('throws protocol where the stream is no JSON', async () => {
    const events = await engine.system.events(signal)
    response.write('<html>')
    await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'protocol', host: 'tolkewitz' })
  })

  it('asks an engine of 1.9 without filters, which it does not know', async () => {
    server.on('GET /version', json({ Version: '1.9.1', ApiVersion: '1.21' }))
    engine = await server.connect()
    await engine.system.events(signal)
    expect(server.last.query).toEqual({})
  })
})

describe('logs', () => {
  const options = { follow: true, tail: 5, timestamps: false }

  function container(Tty: boolean): void {
    server.on('GET /containers/c/json', json({ Config: { Tty }, State: { Running: true } }))
  }

  async function read(log: AsyncIterable<LogChunk>): Promise<readonly (readonly [string, string])[]> {
    const parts: (readonly [string, string])[] = []
    for await (const { stream, data } of log) parts.push([stream, Buffer.from(data).toString()])
    return parts
  }

  it('takes the streams of a container without a terminal apart', async () => {
    container(false)
    server.on('GET /containers/c/logs', (opened) =>
      opened.writeHead(200).end(Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n')])),
    )
    expect(await read(await engine.containers.logs('c', options, signal))).toEqual([
      ['stdout', 'out\n'],
      ['stderr', 'err\n'],
    ])
    expect(server.last.query).toEqual({
      follow: 'true',
      tail: '5',
      timestamps: 'false',
      stdout: 'true',
      stderr: 'true',
    })
  })

  it.each([true, false])(
    'gives the log of a container with a terminal as it is, JSON too (follow: %s)',
    async (follow) => {
      container(true)
      server.on('GET /containers/c/logs', (opened) => opened.writeHead(200).end('{"level":"info"}'))
      expect(await read(await engine.containers.logs('c', { ...options, follow }, signal))).toEqual([
        ['stdout', '{"level":"info"}'],
      ])
    },
  )

  it('ends quietly by the signal', async () => {
    container(false)
    server.on('GET /containers/c/logs', (opened) => opened.writeHead(200).write(frame(1, 'x')))
    const abort = new AbortController()
    const reading = read(await engine.containers.logs('c', options, abort.signal))
    setTimeout(() => abort.abort(), 50)
    expect(await reading).toEqual([['stdout', 'x']])
  })

  it('throws unreachable when the connection breaks', async () => {
    container(false)
    server.on('GET /containers/c/logs', (opened) => opened.writeHead(200).write(frame(1, 'x')))
    const reading = read(await engine.containers.logs('c', options, signal))
    setTimeout(() => server.cut(), 50)
    await expect(reading).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('says where the log is kept elsewhere', async () => {
    container(false)
    const message = 'configured logging driver does not support reading'
    server.on('GET /containers/c/logs', json({ message }, 500))
    await expect(engine.containers.logs('c', options, signal)).rejects.toMatchObject({
      code: 'unsupported',
      message: `Cannot read the log of the container c: ${message}`,
    })
  })
})

describe('exec', () => {
  const options = { command: ['sh', '-c', 'x'], deadlineMs: 5000 }

  beforeEach(() => {
    server.on('POST /containers/c/exec', json({ Id: 'e' }, 201))
    server.on('GET /exec/e/json', json({ Running: false, ExitCode: 3 }))
  })

  it('gives both outputs and the exit status', async () => {
    const whale = Buffer.from('🐳')
    server.on('POST /exec/e/start', (opened) => {
      opened.writeHead(200, { 'Content-Type': 'application/vnd.docker.raw-stream' })
      // A character cut in two, with the other stream between.
      opened.write(frame(1, whale.subarray(0, 2)))
      opened.write(frame(2, 'warn\n'))
      opened.end(Buffer.concat([frame(1, whale.subarray(2)), frame(1, ' done')]))
    })
    const output: string[] = []
    const result = await engine.containers.exec('c', { ...options, onOutput: (text) => output.push(text) }, signal)
    expect(result).toEqual({ exitCode: 3, stdout: '🐳 done', stderr: 'warn\n' })
    expect(output).toEqual(['warn\n', '🐳', ' done'])
    expect(JSON.parse(server.find('/containers/c/exec')!.body)).toEqual({
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      Cmd: ['sh', '-c', 'x'],
    })
    expect(JSON.parse(server.find('/exec/e/start')!.body)).toEqual({ Detach: false, Tty: false })
  })

  it('waits for the exit status that the engine notes a moment later', async () => {
    server.on('POST /exec/e/start', (opened) => opened.writeHead(200).end())
    let asked = 0
    server.on('GET /exec/e/json', (opened, request) => {
      json(++asked < 3 ? { Running: true, ExitCode: null } : { Running: false, ExitCode: 0 })(opened, request)
    })
    expect(await engine.containers.exec('c', options, signal)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('stops a command that writes without end', async () => {
    const chunk = frame(1, Buffer.alloc(1024 * 1024, 'x'))
    server.on('POST /exec/e/start', (opened) => {
      opened.writeHead(200)
      const pour = () => {
        while (!opened.destroyed && opened.write(chunk)) continue
        opened.once('drain', pour)
      }
      pour()
    })
    await expect(engine.containers.exec('c', { ...options, deadlineMs: 20_000 }, signal)).rejects.toMatchObject({
      code: 'engine-error',
      message: 'Cannot run a command in the container c: the command wrote more than 16 MiB',
    })
    await vi.waitFor(() => expect(server.sockets.size).toBe(0))
  })

  it('says when the container is paused', async () => {
    const message = 'Container c is paused, unpause the container before exec'
    server.on('POST /containers/c/exec', json({ message }, 409))
    await expect(engine.containers.exec('c', options, signal)).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
      remedy: 'Unpause the container first.',
    })
  })

  it('says when the connection is lost on the way', async () => {
    server.on('POST /exec/e/start', (opened) => {
      opened.writeHead(200).write(frame(1, 'x'), () => server.cut())
    })
    const lost = engine.containers.exec('c', options, signal)
    await expect(lost).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('readMultiplexed', () => {
  async function read(...chunks: readonly Uint8Array[]): Promise<string> {
    async function* source() {
      for (const chunk of chunks) yield await Promise.resolve(chunk)
    }
    let text = ''
    for await (const { stream, data } of readMultiplexed(source()))
      text += `${stream[3]}:${Buffer.from(data).toString()} `
    return text.trim()
  }

  it('reads frames however they are cut', async () => {
    const bytes = Buffer.concat([frame(1, 'ab'), frame(2, ''), frame(2, 'cd'), frame(0, 'e')])
    expect(await read(bytes)).toBe('o:ab e:cd o:e')
    expect(await read(...Array.from(bytes, (byte) => Buffer.of(byte)))).toBe('o:a o:b e:c e:d o:e')
    expect(await read(bytes.subarray(0, 9), bytes.subarray(9, 15), bytes.subarray(15))).toBe('o:a o:b e:cd o:e')
  })

  it('reads very many small frames in one chunk', async () => {
    const bytes = Buffer.concat(Array.from({ length: 50_000 }, () => frame(1, 'x')))
    expect(await read(bytes)).toHaveLength(50_000 * 4 - 1)
  })

  it('throws the engine’s own error', async () => {
    await expect(read(frame(1, 'a'), frame(3, 'log is broken'))).rejects.toMatchObject({
      code: 'engine-error',
      message: 'log is broken',
    })
  })

  it('throws where the bytes are no frames', async () => {
    await expect(read(Buffer.from('hello world'))).rejects.toMatchObject({ code: 'protocol' })
    await expect(read(Buffer.of(1, 1, 0, 0, 0, 0, 0, 1, 65))).rejects.toMatchObject({ code: 'protocol' })
  })
})

describe('a refused stream', () => {
  it('has the engine’s words in it', async () => {
    server.on('GET /events', plain('client version 1.99 is too new. Maximum supported API version is 1.41', 400))
    await expect(engine.system.events(signal)).rejects.toMatchObject({
      code: 'api-version',
      message:
        'Cannot follow the events of the engine: client version 1.99 is too new. Maximum supported API version is 1.41',
    })
  })
})
