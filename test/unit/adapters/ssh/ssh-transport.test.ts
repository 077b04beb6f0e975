import { request, type IncomingMessage } from 'node:http'
import { chmod } from 'node:fs/promises'
import { Readable, type Duplex } from 'node:stream'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openSshTransport } from '../../../../src/adapters/ssh/ssh-transport'
import type { SwarmNetworksError } from '../../../../src/core/errors'
import { temporaryFolder, write } from '../sources/temporary-folder'
import { aTransport, failureOf, fetchFrom, live, startEngine, textFrom } from './engine-over-ssh'
import { listen } from './ssh-agent'
import { answer, systemdSays, type Command, type SshServer, type SshServerOptions } from './ssh-server'

const looks = (server: SshServer) => server.commands.filter((line) => line.startsWith('systemctl')).length

describe('requests over SSH', () => {
  it('use one TCP connection, however many run at the same time', async () => {
    let together = 0
    let most = 0
    const engine = await startEngine((incoming, response) => {
      most = Math.max(most, ++together)
      setTimeout(() => {
        together--
        response.end(incoming.url)
      }, 50)
    })
    const { server, agent } = await aTransport(engine)
    const paths = Array.from({ length: 60 }, (_, i) => `/${i}`)
    expect(await Promise.all(paths.map((path) => textFrom(agent, path)))).toEqual(paths)
    expect(most).toBeGreaterThan(30)
    expect(server.tcpCount).toBe(1)
    expect(looks(server)).toBe(1)
  })

  it('use a channel again, and make another when the engine closed it', async () => {
    const engine = await startEngine()
    const { server, agent } = await aTransport(engine)
    for (let i = 0; i < 5; i++) expect(await textFrom(agent)).toBe('pong')
    expect(server.knocks).toHaveLength(1)
    engine.server.closeIdleConnections()
    await expect.poll(() => server.channels.size).toBe(0)
    expect(await textFrom(agent)).toBe('pong')
    expect(server.knocks).toHaveLength(2)
  })

  it('carry large bodies both ways, to a slow reader too', async () => {
    const engine = await startEngine((incoming, response) => {
      incoming.pipe(response)
    })
    const { agent } = await aTransport(engine)
    const body = Buffer.alloc(6 * 1024 * 1024, 'swarm')
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ agent, method: 'POST', host: 'localhost' }, resolve).on('error', reject).end(body)
    })
    await sleep(200)
    expect((await buffer(response)).equals(body)).toBe(true)
  })

  it('hold an engine up whose answer nobody reads, instead of keeping it all', async () => {
    let sent = 0
    const engine = await startEngine((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024)
      const endless = new Readable({
        read() {
          sent += chunk.length
          this.push(chunk)
        },
      })
      endless.pipe(response)
    })
    const { agent } = await aTransport(engine)
    const response = await fetchFrom(agent)
    response.pause()
    await expect.poll(() => sent).toBeGreaterThan(1024 * 1024)
    await sleep(1_000)
    // SSH's window and the buffers on the way hold a few megabytes.
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    response.on('error', () => undefined).destroy()
  })

  it('upgrade to a stream of their own, with a half close from our side', async () => {
    const engine = await startEngine()
    engine.server.on('upgrade', (_request, socket: Duplex) => {
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
      const received: Buffer[] = []
      socket.on('data', (chunk: Buffer) => received.push(chunk))
      socket.on('end', () => socket.end(Buffer.concat([Buffer.from('echo '), ...received])))
    })
    const { agent, server } = await aTransport(engine)
    const stream = await new Promise<Duplex>((resolve, reject) => {
      const headers = { Connection: 'Upgrade', Upgrade: 'tcp' }
      request({ agent, method: 'POST', host: 'localhost', headers })
        .on('upgrade', (_response, socket) => resolve(socket))
        .on('error', reject)
        .end()
    })
    stream.end('hello')
    expect(await text(stream)).toBe('echo hello')
    await expect.poll(() => server.channels.size).toBe(0)
  })

  it('free their channel when they are given up, also with an answer that nobody reads', async () => {
    const engine = await startEngine((_request, response) => {
      response.write(Buffer.alloc(8 * 1024 * 1024))
    })
    const { agent, server } = await aTransport(engine)
    const response = await fetchFrom(agent)
    response.pause()
    response.on('error', () => undefined)
    await expect.poll(() => server.channels.size).toBe(1)
    response.destroy()
    await expect.poll(() => server.channels.size).toBe(0)
    expect(server.tcpCount).toBe(1)
  })

  it('fail when the connection is lost, in the middle of an answer too', async () => {
    const engine = await startEngine((incoming, response) => {
      if (incoming.url === '/half') response.write('half')
    })
    const { agent, server, transport } = await aTransport(engine)
    const closed = new Promise<SwarmNetworksError>((resolve) => transport.onClosed(resolve))
    const waiting = failureOf(textFrom(agent, '/silent'))
    const half = await fetchFrom(agent, '/half')
    const reading = failureOf(text(half))
    await expect.poll(() => engine.requests).toBe(2)
    server.cut()
    expect(await waiting).toMatchObject({ code: 'unreachable' })
    expect(await reading).toBeInstanceOf(Error)
    expect(await closed).toMatchObject({ code: 'unreachable', host: '127.0.0.1' })
    expect(await failureOf(textFrom(agent))).toMatchObject({ code: 'unreachable' })
  })

  it('do not end an upgraded stream as if all were well when the connection is lost', async () => {
    const engine = await startEngine()
    engine.server.on('upgrade', (_request, socket: Duplex) => {
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nhello')
    })
    const { agent, server } = await aTransport(engine)
    const stream = await new Promise<Duplex>((resolve) => {
      request({ agent, host: 'localhost', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } })
        .on('upgrade', (_response, socket) => resolve(socket))
        .end()
    })
    const reading = failureOf(text(stream))
    server.cut()
    expect(await reading).toMatchObject({ code: 'unreachable' })
  })

  it('end with the transport, while the connection stays for others', async () => {
    const engine = await startEngine((incoming, response) => {
      if (incoming.url !== '/silent') response.end('pong')
    })
    const { agent, server, transport, pool, endpoint } = await aTransport(engine)
    let losses = 0
    transport.onClosed(() => losses++)
    const silent = failureOf(textFrom(agent, '/silent'))
    expect(await textFrom(agent)).toBe('pong')
    transport.close()
    transport.close()
    await silent
    await expect.poll(() => server.channels.size).toBe(0)
    const again = await openSshTransport(endpoint, pool, live())
    expect(await textFrom(again.dockerOptions.agent)).toBe('pong')
    expect(server.tcpCount).toBe(1)
    server.cut()
    await sleep(50)
    expect(losses).toBe(0)
  })
})

describe('an engine that somebody stopped', () => {
  it('is not knocked at, and its host stays connected', async () => {
    const engine = await startEngine()
    let state = 'inactive\nactive\n'
    const { server, agent, pool, endpoint } = await aTransport(engine, { onCommand: systemdSays(() => state) })
    for (let i = 0; i < 3; i++) {
      const transport = await openSshTransport(endpoint, pool, live())
      const error = await failureOf(textFrom(transport.dockerOptions.agent))
      expect(error).toMatchObject({ code: 'engine-stopped', host: '127.0.0.1' })
      expect(error.remedy).toContain('systemctl start docker')
      transport.close()
    }
    expect(server.knocks).toEqual([])
    expect(server.tcpCount).toBe(1)
    state = 'active\nactive\n'
    expect(await textFrom(agent)).toBe('pong')
  })

  it('is looked at again after it ended a connection, and after a while', async () => {
    const engine = await startEngine()
    let state = 'active\nactive\n'
    const { server, agent } = await aTransport(engine, { onCommand: systemdSays(() => state) })
    await Promise.all([textFrom(agent), textFrom(agent), textFrom(agent)])
    expect(looks(server)).toBe(1)
    await sleep(300)
    // A connection that is there needs no look, a further one does.
    await textFrom(agent)
    expect(looks(server)).toBe(1)
    await Promise.all(Array.from({ length: 8 }, () => textFrom(agent)))
    expect(looks(server)).toBe(2)
    const knocks = server.knocks.length
    state = 'deactivating\nactive\n'
    engine.server.closeIdleConnections()
    await expect.poll(() => server.channels.size).toBe(0)
    expect(await failureOf(textFrom(agent))).toMatchObject({ code: 'engine-stopped' })
    expect(server.knocks).toHaveLength(knocks)
  })

  it('is not knocked at by those that come while the look is being taken', async () => {
    const engine = await startEngine()
    const onCommand: Command = (_line, channel) => {
      setTimeout(() => answer(channel, 'inactive\nactive\n', 3), 100)
      return true
    }
    const { server, agent } = await aTransport(engine, { onCommand })
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(textFrom(agent))))
    expect(failures.map(({ code }) => code)).toEqual(['engine-stopped', 'engine-stopped', 'engine-stopped'])
    expect(looks(server)).toBe(1)
    expect(server.knocks).toEqual([])
  })

  it('is looked at once more where a connection ended during the look', async () => {
    const engine = await startEngine()
    const answers = ['active\nactive\n', 'active\nactive\n', 'deactivating\nactive\n']
    let delayMs = 0
    const onCommand: Command = (_line, channel) => {
      const state = answers.shift() ?? ''
      setTimeout(() => answer(channel, state, 3), delayMs)
      return true
    }
    const { server, agent } = await aTransport(engine, { onCommand })
    await Promise.all([textFrom(agent), textFrom(agent)])
    const [first, second] = [...server.channels]
    delayMs = 200
    first!.end()
    await expect.poll(() => server.channels.size).toBe(1)
    const busy = textFrom(agent)
    const late = failureOf(textFrom(agent))
    await expect.poll(() => looks(server)).toBe(2)
    await busy
    second!.end()
    expect(await late).toMatchObject({ code: 'engine-stopped' })
    expect(server.knocks).toHaveLength(2)
  })

  it('is not looked for at a socket of its own', async () => {
    const engine = await startEngine()
    const { server, agent } = await aTransport(engine, {}, '/run/user/1000/docker.sock')
    expect(await textFrom(agent)).toBe('pong')
    expect(server.commands).toEqual([])
  })

  it('is none where there is no systemd, or no command may be run', async () => {
    const engine = await startEngine()
    const without = await aTransport(engine, { onCommand: (_line, channel) => answer(channel, '', 127) })
    expect(await textFrom(without.agent)).toBe('pong')
    const restricted = await aTransport(engine, { refusesCommands: true })
    expect(await textFrom(restricted.agent)).toBe('pong')
  })
})

describe('a socket that cannot be opened', () => {
  /** Opens a socket whose path on the host is also a path here, so that the look is a real one. */
  async function failureAt(path: string, options: SshServerOptions = {}): Promise<SwarmNetworksError> {
    const onCommand: Command = (line, channel) => line.startsWith('docker') && answer(channel, '', 127)
    const { agent } = await aTransport('/nowhere', { onCommand, ...options }, path)
    return failureOf(textFrom(agent))
  }

  it('is missing', async () => {
    const error = await failureAt(join(await temporaryFolder(), 'no.sock'))
    expect(error).toMatchObject({ code: 'socket-missing', host: '127.0.0.1', step: 'socket' })
    expect(error.message).toContain('socket: there is no ')
    expect(error.remedy).toContain('systemctl status docker')
  })

  it('is no socket', async () => {
    const path = join(await temporaryFolder(), "it's a file")
    await write(path, '')
    const error = await failureAt(path)
    expect(error).toMatchObject({ code: 'socket-missing' })
    expect(error.message).toContain("it's a file is no socket")
  })

  it('is not listened on', async () => {
    const path = join(await temporaryFolder(), 'dead.sock')
    await leaveDeadSocket(path)
    const error = await failureAt(path)
    expect(error.code).toBe('unreachable')
    expect(error.message).toContain('nothing seems to listen on')
  })

  it('is not forwarded, although it is there', async () => {
    const path = join(await temporaryFolder(), 'docker.sock')
    await listen(path, () => undefined)
    const error = await failureAt(path)
    expect(error.code).toBe('unsupported')
    expect(error.remedy).toContain('AllowStreamLocalForwarding yes')
    const prohibited = await failureAt(path, { sockets: false })
    expect(prohibited).toMatchObject({ code: 'unsupported', remedy: error.remedy })
  })

  it.each([
    ['the socket', 'exists\nsocket\ntable\n'],
    ['its folder', 'hidden\ntable\n'],
  ])('may not be used because of %s', async (_, facts) => {
    const onCommand = (_line: string, channel: Parameters<typeof answer>[0]) => answer(channel, facts)
    const error = await failureAt('/run/x/docker.sock', { onCommand })
    expect(error).toMatchObject({ code: 'permission-denied', step: 'permission' })
    expect(error.message).toContain('the user me may not use /run/x/docker.sock')
    expect(error.remedy).toContain('usermod -aG docker me')
  })

  // Root may use every socket: as root there is nothing to see, and the lab shows it with a user who has no rights.
  const runsAsRoot = process.getuid?.() === 0
  if (!runsAsRoot)
    it('may not be used by whoever runs this test', async () => {
      const path = join(await temporaryFolder(), 'docker.sock')
      await listen(path, () => undefined)
      await chmod(path, 0)
      expect(await failureAt(path)).toMatchObject({ code: 'permission-denied' })
    })

  it('leaves it at what the host said where no command may be run', async () => {
    const error = await failureAt('/run/x/docker.sock', { refusesCommands: true })
    expect(error.code).toBe('unreachable')
    expect(error.message).toContain('/run/x/docker.sock')
  })
})

/** A socket file whose server died without tidying up. */
async function leaveDeadSocket(path: string): Promise<void> {
  const { execFileSync } = await import('node:child_process')
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  try {
    execFileSync(process.execPath, ['-e', script], { stdio: 'ignore' })
  } catch {
    // It killed itself, as it should.
  }
}
