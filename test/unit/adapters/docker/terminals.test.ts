import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { detachSequence } from '../../../../src/adapters/docker/detach-keys'
import type { EngineClient } from '../../../../src/core/ports/engine'
import type { TerminalSession } from '../../../../src/core/ports/terminal'
import { ApiServer, frame, json, plain, type SeenRequest } from './api-server'

const { signal } = new AbortController()
const size = { columns: 100, rows: 30 }
const options = { size, detachKeys: 'ctrl-p,ctrl-q' }

interface Inspected {
  readonly Tty?: boolean
  readonly OpenStdin?: boolean
  readonly StdinOnce?: boolean
  readonly state?: object
}

let server: ApiServer
let engine: EngineClient
/** The far side of the session. */
let far: Duplex
let typed: string

beforeEach(async () => {
  server = await new ApiServer().listen()
  engine = await server.connect()
  typed = ''
  const take = (socket: Duplex) => {
    far = socket
    socket.on('data', (data: Buffer) => (typed += data.toString()))
    socket.on('error', () => undefined)
  }
  server.onHijack('/containers/c/attach', take).onHijack('/exec/e/start', take)
  server.on('POST /containers/c/resize', json({})).on('POST /exec/e/resize', json({}, 201))
  server.on('POST /containers/c/exec', json({ Id: 'e' }, 201))
})

afterEach(async () => {
  await server.close()
})

function inspects({ state = { Running: true }, ...config }: Inspected): void {
  server.on('GET /containers/c/json', json({ Config: config, State: state }))
}

async function outputOf(session: TerminalSession): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of session.output) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function sizes(path: string): readonly SeenRequest['query'][] {
  return server.requests.filter((request) => request.path === path).map(({ query }) => query)
}

describe('attaching to a container with a terminal', () => {
  beforeEach(() => inspects({ Tty: true, OpenStdin: true, StdinOnce: true }))

  it('asks for everything, with the detach keys', async () => {
    const session = await engine.containers.attach('c', options, signal)
    expect(server.find('/containers/c/attach')?.query).toEqual({
      stream: 'true',
      stdin: 'true',
      stdout: 'true',
      stderr: 'true',
      detachKeys: 'ctrl-p,ctrl-q',
    })
    expect(session.hasTty).toBe(true)
    expect(session).not.toHaveProperty('inputClosedReason')
  })

  it('lets the program draw its screen again', async () => {
    await engine.containers.attach('c', options, signal)
    expect(sizes('/containers/c/resize')).toEqual([
      { w: '100', h: '31' },
      { w: '100', h: '30' },
    ])
  })

  it('carries bytes both ways as they are', async () => {
    const session = await engine.containers.attach('c', options, signal)
    session.write('größe 🐳\u0003')
    await vi.waitFor(() => expect(typed).toBe('größe 🐳\u0003'))
    far.end('\u001b[1mhi\u001b[0m\r\n')
    expect(await outputOf(session)).toBe('\u001b[1mhi\u001b[0m\r\n')
  })

  it('sends new sizes', async () => {
    const session = await engine.containers.attach('c', options, signal)
    await session.resize({ columns: 77, rows: 22 })
    expect(server.last).toMatchObject({ path: '/containers/c/resize', query: { w: '77', h: '22' } })
  })

  it('says how the process ended', async () => {
    const session = await engine.containers.attach('c', options, signal)
    inspects({ state: { Running: false, ExitCode: 7 } })
    far.end()
    await outputOf(session)
    expect(await session.exitCode()).toBe(7)
  })

  it('says nothing of a process that goes on after the detach keys', async () => {
    const session = await engine.containers.attach('c', options, signal)
    far.end()
    await outputOf(session)
    expect(await session.exitCode()).toBeUndefined()
  })

  it('says nothing of a container that is gone with its end', async () => {
    const session = await engine.containers.attach('c', options, signal)
    server.on('GET /containers/c/json', plain('No such container: c', 404))
    far.end()
    await outputOf(session)
    expect(await session.exitCode()).toBeUndefined()
  })

  it('leaves by closing the connection and nothing else', async () => {
    const session = await engine.containers.attach('c', options, signal)
    const output = outputOf(session)
    const closed = new Promise((resolve) => far.once('end', resolve))
    session.close()
    session.close()
    session.write('too late')
    await closed
    expect(await output).toBe('')
    expect(typed).toBe('')
    expect(await session.exitCode()).toBeUndefined()
  })

  it('goes on when the signal that it was opened with is aborted', async () => {
    const opening = new AbortController()
    const session = await engine.containers.attach('c', options, opening.signal)
    opening.abort()
    far.end('still here')
    expect(await outputOf(session)).toBe('still here')
  })

  it('fails as unreachable when the engine is closed', async () => {
    const session = await engine.containers.attach('c', options, signal)
    const output = outputOf(session)
    engine.close()
    await expect(output).rejects.toMatchObject({ code: 'unreachable', host: 'tolkewitz' })
  })
})

describe('attaching to a container without a terminal', () => {
  it('takes the streams apart and gives input', async () => {
    inspects({ OpenStdin: true })
    const session = await engine.containers.attach('c', options, signal)
    expect(session.hasTty).toBe(false)
    session.write('line\n')
    await vi.waitFor(() => expect(typed).toBe('line\n'))
    far.end(Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n')]))
    expect(await outputOf(session)).toBe('out\nerr\n')
  })

  it('has no size', async () => {
    inspects({ OpenStdin: true })
    const session = await engine.containers.attach('c', options, signal)
    await session.resize({ columns: 10, rows: 10 })
    expect(sizes('/containers/c/resize')).toEqual([])
  })

  it('does not touch a stdin that leaving would close for good', async () => {
    inspects({ OpenStdin: true, StdinOnce: true })
    const session = await engine.containers.attach('c', options, signal)
    expect(server.find('/containers/c/attach')?.query['stdin']).toBe('false')
    expect(session.inputClosedReason).toMatch(/closes its stdin when the first terminal leaves/)
    session.write('ignored')
    far.end(frame(1, 'x'))
    await outputOf(session)
    expect(typed).toBe('')
  })

  it('says where there is no stdin', async () => {
    inspects({ Tty: true })
    const session = await engine.containers.attach('c', options, signal)
    expect(session.inputClosedReason).toMatch(/without an open stdin/)
  })

  it('refuses output that is not what the API promises', async () => {
    inspects({})
    const session = await engine.containers.attach('c', options, signal)
    far.end('plain text without frames')
    await expect(outputOf(session)).rejects.toMatchObject({ code: 'protocol', host: 'tolkewitz' })
  })
})

describe('attaching to a container that does not run', () => {
  it.each([
    ['stopped', { Running: false }, 'it does not run', /Start/],
    ['paused', { Running: true, Paused: true }, 'it is paused', /Unpause/],
    ['restarting', { Running: true, Restarting: true }, 'it is restarting', /log/],
  ])('is refused before anything is sent: %s', async (_, state, message, remedy) => {
    inspects({ Tty: true, OpenStdin: true, state })
    const attempt = engine.containers.attach('c', options, signal)
    await expect(attempt).rejects.toMatchObject({
      code: 'conflict',
      host: 'tolkewitz',
      message: `Cannot attach to the container c: ${message}`,
      remedy: expect.stringMatching(remedy) as string,
    })
    expect(server.find('/containers/c/attach')).toBeUndefined()
  })
})

describe('a shell', () => {
  const shell = { ...options, command: ['bash', '-l'] }

  it('has a terminal of its own, of the right size from the start', async () => {
    const session = await engine.containers.shell('c', shell, signal)
    expect(session.hasTty).toBe(true)
    expect(JSON.parse(server.find('/containers/c/exec')!.body)).toEqual({
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      Cmd: ['bash', '-l'],
      DetachKeys: 'ctrl-p,ctrl-q',
      ConsoleSize: [30, 100],
    })
    expect(JSON.parse(server.find('/exec/e/start')!.body)).toEqual({
      Detach: false,
      Tty: true,
      ConsoleSize: [30, 100],
    })
    expect(sizes('/exec/e/resize')).toEqual([{ w: '100', h: '30' }])
  })

  it('sends the first size again until the process is up', async () => {
    let refusals = 2
    server.on('POST /exec/e/resize', (response, request) => {
      const answer = refusals-- > 0 ? json({ message: 'cannot resize a stopped container: unknown' }, 500) : json({})
      answer(response, request)
    })
    await engine.containers.shell('c', shell, signal)
    expect(sizes('/exec/e/resize')).toHaveLength(3)
  })

  it('opens although the size is never taken, because the process has ended', async () => {
    server.on('POST /exec/e/resize', json({ message: 'process not found' }, 500))
    const session = await engine.containers.shell('c', shell, signal)
    server.on('GET /exec/e/json', json({ Running: false, ExitCode: 0 }))
    far.end('bye')
    expect(await outputOf(session)).toBe('bye')
    expect(await session.exitCode()).toBe(0)
  })

  it('waits for the exit status that the engine notes a moment later', async () => {
    const session = await engine.containers.shell('c', shell, signal)
    let asked = 0
    server.on('GET /exec/e/json', (response, request) => {
      json(++asked < 3 ? { Running: true, ExitCode: null } : { Running: false, ExitCode: 5 })(response, request)
    })
    far.end()
    await outputOf(session)
    expect(await session.exitCode()).toBe(5)
  })

  it('tells a command that could not be started from a detached one', async () => {
    server.on('GET /exec/e/json', json({ Running: false, ExitCode: 126 }))
    const missing = await engine.containers.shell('c', shell, signal)
    far.end('executable file not found in $PATH')
    await outputOf(missing)
    expect(await missing.exitCode()).toBe(126)

    const detached = await engine.containers.shell('c', shell, signal)
    detached.write('ls\r\u0010')
    detached.write('\u0011')
    far.end()
    await outputOf(detached)
    expect(await detached.exitCode()).toBeUndefined()
  })

  it('is hung up when it is left', async () => {
    const session = await engine.containers.shell('c', shell, signal)
    const output = outputOf(session)
    far.once('end', () => far.end('last words'))
    session.close()
    await output
    expect(typed).toBe('\u0010\u0011')
  })

  it('is left although the engine does not hang up', async () => {
    const session = await engine.containers.shell('c', shell, signal)
    session.close()
    expect(await outputOf(session)).toBe('')
  })

  it('says when the container does not run', async () => {
    server.on('POST /containers/c/exec', json({ message: 'Container c is not running' }, 409))
    await expect(engine.containers.shell('c', shell, signal)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Cannot open a shell in the container c: Container c is not running',
      remedy: 'Start the container first.',
    })
  })
})

describe('detachSequence', () => {
  it.each([
    ['ctrl-p,ctrl-q', '\u0010\u0011'],
    ['', '\u0010\u0011'],
    ['ctrl-@,a,DEL', '\u0000a\u007f'],
    ['ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_', '\u001b\u001c\u001d\u001e\u001f'],
    ['ctrl-ü', ''],
  ])('%j is %j', (keys, expected) => {
    expect(detachSequence(keys)).toBe(expected)
  })
})
