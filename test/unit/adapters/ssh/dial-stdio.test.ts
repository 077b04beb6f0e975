import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { aTransport, failureOf, fetchFrom, startEngine, textFrom, type Agent, type Engine } from './engine-over-ssh'
import { answer, systemdSays, type Command, type SshServerOptions } from './ssh-server'

const dial = 'docker -H unix:///var/run/docker.sock system dial-stdio'

/** What the look at the socket finds where only the forwarding is refused. */
const allIsWell = 'exists\nsocket\nwritable\nlistening\ntable\n'

/** A host that forwards no sockets, and whose `docker` does what the real one does. */
function aHostWithout(engine: Engine, options: SshServerOptions & { readonly facts?: string } = {}) {
  const onCommand: Command = (line, channel) => {
    if (line.startsWith('systemctl')) return answer(channel, 'active\nactive\n')
    if (line.startsWith('sh -c')) return answer(channel, options.facts ?? allIsWell)
    if (line !== dial) return false
    const socket = connect({ path: engine.path, allowHalfOpen: true })
    socket.on('error', () => answer(channel, '', 1))
    // As the real one it leaves when the engine has said its last word.
    socket.on('end', () => {
      channel.exit(0)
      channel.end()
      channel.resume()
      socket.destroy()
    })
    channel.on('close', () => socket.destroy())
    channel.pipe(socket)
    socket.on('data', (chunk) => channel.write(chunk))
    return true
  }
  return aTransport(engine, { sockets: false, onCommand, ...options })
}

function upgrade(agent: Agent, path = '/exec/1/start'): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    request({ agent, path, method: 'POST', host: 'localhost', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } })
      .on('upgrade', (_response, socket) => resolve(socket))
      .on('error', reject)
      .end()
  })
}

const dials = (commands: readonly string[]) => commands.filter((line) => line === dial).length

/** Answers calls, keeps `/events` open, and echoes what comes over an upgraded connection when its input ends. */
async function anEngine(answersAfterMs = 0): Promise<Engine> {
  const engine = await startEngine((incoming, response) => {
    if (incoming.url === '/events') response.write('event')
    else setTimeout(() => response.end(incoming.url), answersAfterMs)
  })
  // As dockerd, which keeps what is idle.
  engine.server.keepAliveTimeout = 0
  engine.server.on('upgrade', (_request, socket: Duplex) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    const received: Buffer[] = []
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    socket.on('end', () => socket.end(Buffer.concat([Buffer.from('echo '), ...received])))
  })
  return engine
}

const events = async (agent: Agent): Promise<IncomingMessage> => {
  const stream = await fetchFrom(agent, '/events')
  stream.on('error', () => undefined).resume()
  return stream
}

describe('a host that forwards no sockets', () => {
  it('is reached through the docker command on it, which is used again', async () => {
    const { agent, server } = await aHostWithout(await anEngine())
    for (let i = 0; i < 5; i++) expect(await textFrom(agent, `/${i}`)).toBe(`/${i}`)
    expect(dials(server.commands)).toBe(1)
    expect(server.tcpCount).toBe(1)
  })

  it('is reached where it says nothing but "failed", too, once the look has found the socket in order', async () => {
    const { agent, server } = await aHostWithout(await anEngine(), { sockets: {} })
    expect(await textFrom(agent, '/a')).toBe('/a')
    await Promise.all([textFrom(agent, '/b'), textFrom(agent, '/c')])
    // Once it is known, it is not tried again.
    expect(server.knocks).toHaveLength(1)
  })

  it('may have an engine whose listening cannot be seen, as a rootless one', async () => {
    const { agent } = await aHostWithout(await anEngine(), { sockets: {}, facts: 'exists\nsocket\nwritable\ntable\n' })
    expect(await textFrom(agent, '/a')).toBe('/a')
  })

  it('carries a hijacked stream, with a half close from our side', async () => {
    const { agent, server } = await aHostWithout(await anEngine())
    await textFrom(agent)
    const stream = await upgrade(agent)
    stream.end('hello')
    expect(await text(stream)).toBe('echo hello')
    await expect.poll(() => server.sessionCount).toBe(1)
  })

  it('has its program ended with the stream that is given up', async () => {
    const { agent, server } = await aHostWithout(await anEngine())
    await textFrom(agent)
    const stream = await upgrade(agent)
    stream.on('error', () => undefined).destroy()
    await expect.poll(() => server.signals).toEqual(['TERM'])
    await expect.poll(() => server.sessionCount).toBe(1)
  })

  it('is not woken: its engine is looked at before each dial', async () => {
    const engine = await anEngine()
    const { agent, server } = await aTransport(engine, {
      sockets: false,
      onCommand: systemdSays(() => 'inactive\nactive\n'),
    })
    expect(await failureOf(textFrom(agent))).toMatchObject({ code: 'engine-stopped' })
    expect(dials(server.commands)).toBe(0)
  })

  it.each([
    [127, 'sh: 1: docker: not found', 'unsupported', 'there is no docker command on the host'],
    [1, 'permission denied while trying to connect to the docker API', 'permission-denied', 'may not use /var/run'],
    [1, 'Cannot connect to the Docker daemon at unix:///x', 'unreachable', 'could not connect to /var/run'],
    [1, "docker: 'dial-stdio' is not a docker command", 'unsupported', 'dial-stdio" on the host failed: docker:'],
  ])('says why the command there failed (%i, %s)', async (code, said, errorCode, why) => {
    const { agent } = await aTransport(await anEngine(), {
      sockets: false,
      onCommand: (line, channel) => {
        if (line.startsWith('systemctl')) return answer(channel, 'active\nactive\n')
        if (line !== dial) return answer(channel, allIsWell)
        channel.stderr.write(`${said}\n`)
        return answer(channel, '', code)
      },
    })
    const error = await failureOf(textFrom(agent))
    expect(error).toMatchObject({ code: errorCode, host: '127.0.0.1' })
    expect(error.message).toContain(why)
    expect(error.remedy).toBeDefined()
  })
})

describe('a host that allows a few sessions only', () => {
  it('serves calls and an event stream, however many calls there are at the same time', async () => {
    const { agent, server } = await aHostWithout(await anEngine(20), { maxSessions: 3 })
    await textFrom(agent)
    await events(agent)
    const paths = Array.from({ length: 30 }, (_, i) => `/${i}`)
    expect(await Promise.all(paths.map((path) => textFrom(agent, path)))).toEqual(paths)
    expect(server.mostSessions).toBeLessThanOrEqual(3)
  }, 20_000)

  it('keeps a session for the calls when terminals take the others, and says what is the matter', async () => {
    const { agent } = await aHostWithout(await anEngine(), { maxSessions: 3 })
    await textFrom(agent)
    await events(agent)
    const terminal = await upgrade(agent, '/exec/1/start')
    const error = await failureOf(upgrade(agent, '/exec/2/start'))
    expect(error).toMatchObject({ code: 'timeout' })
    expect(error.message).toContain('the host allows no more than the 3 sessions that are open')
    expect(error.remedy).toContain('MaxSessions')
    expect(await textFrom(agent, '/still')).toBe('/still')
    terminal.on('error', () => undefined).destroy()
    ;(await upgrade(agent, '/exec/3/start')).on('error', () => undefined).destroy()
  }, 30_000)

  it('serves calls even where it allows one at a time', async () => {
    const { agent } = await aHostWithout(await anEngine(), { maxSessions: 1 })
    expect(await Promise.all(['/a', '/b', '/c'].map((path) => textFrom(agent, path)))).toEqual(['/a', '/b', '/c'])
  }, 20_000)

  it('keeps one for the calls, also where the last of those was broken off', async () => {
    const engine = await anEngine(60_000)
    const { agent, server } = await aHostWithout(engine, { maxSessions: 3 })
    const broken = request({ agent, path: '/slow', host: 'localhost' }).on('error', () => undefined)
    broken.end()
    await expect.poll(() => engine.requests).toBe(1)
    broken.destroy()
    await expect.poll(() => server.sessionCount).toBe(0)
    const terminal = await upgrade(agent, '/exec/1/start')
    expect(server.sessionCount).toBe(2)
    terminal.end('bye')
    expect(await text(terminal)).toBe('echo bye')
  })
})
