import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSshConnection } from '../../../../src/adapters/ssh/handshake'
import { runOnHost } from '../../../../src/adapters/ssh/ssh-run'
import { temporaryFolder } from '../sources/temporary-folder'
import { listen } from './ssh-agent'
import { aHandshakeContext, aHome, startSshServer, type SshServerOptions } from './ssh-server'

async function connected(options: SshServerOptions = {}) {
  const server = await startSshServer(options)
  const home = await aHome()
  await home.knows(server.port)
  const context = aHandshakeContext()
  const { signal } = new AbortController()
  const connection = await openSshConnection(home.host(server.port), { context }, signal)
  onTestFinished(() => connection.close())
  return { server, connection, signal }
}

async function echoServer(): Promise<string> {
  const path = join(await temporaryFolder(), 'echo.sock')
  await listen(path, (socket) => socket.pipe(socket))
  return path
}

describe('SshConnection', () => {
  it('opens a Unix socket of the host', async () => {
    const { connection, signal } = await connected({ sockets: { '/echo': await echoServer() } })
    const socket = await connection.openUnixSocket('/echo', signal)
    socket.end('hello')
    expect(await text(socket)).toBe('hello')
  })

  it('leaves nothing on the signal that was passed to it', async () => {
    const { connection, signal } = await connected({ sockets: { '/echo': await echoServer() } })
    ;(await connection.openUnixSocket('/echo', signal)).destroy()
    await runOnHost(connection, { command: ['true'], deadlineMs: 5_000 }, signal)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('closes a socket that opens after nobody waits for it any more', async () => {
    const { connection, server } = await connected({ sockets: { '/echo': await echoServer() }, opensAfterMs: 200 })
    const opening = connection.openUnixSocket('/echo', AbortSignal.timeout(50))
    await expect(opening).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => server.knocks).toHaveLength(1)
    await expect.poll(() => server.channelCount, { timeout: 3_000 }).toBe(1)
    await expect.poll(() => server.channels.size, { timeout: 3_000 }).toBe(0)
  })

  it('opens nothing for a signal that has been aborted, nor after it was closed', async () => {
    const { connection, server, signal } = await connected({ sockets: { '/echo': await echoServer() } })
    await expect(connection.openUnixSocket('/echo', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    connection.close()
    connection.close()
    await expect(connection.openUnixSocket('/echo', signal)).rejects.toMatchObject({ code: 'unreachable' })
    expect(server.knocks).toEqual([])
  })

  it('ends what waits for a socket when it is lost', async () => {
    const { connection, server, signal } = await connected({
      sockets: { '/echo': await echoServer() },
      opensAfterMs: 5_000,
    })
    const opening = connection.openUnixSocket('/echo', signal)
    await expect.poll(() => server.knocks).toHaveLength(1)
    server.cut()
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' })
    expect(connection.isOpen).toBe(false)
  })
})
