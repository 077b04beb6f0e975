import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerChannel } from 'ssh2'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSshConnection } from '../../../../src/adapters/ssh/handshake'
import { runOnHost } from '../../../../src/adapters/ssh/ssh-run'
import { aHandshakeContext, aHome, startSshServer, type SshServerOptions } from './ssh-server'

const live = () => new AbortController().signal

async function connected(options: SshServerOptions = {}) {
  const server = await startSshServer(options)
  const home = await aHome()
  await home.knows(server.port)
  const context = aHandshakeContext()
  const connection = await openSshConnection(home.host(server.port), { context }, live())
  onTestFinished(() => connection.close())
  const run = (
    command: readonly string[],
    more: { deadlineMs?: number; maxBytes?: number; signal?: AbortSignal } = {},
  ) => {
    const { deadlineMs = 5_000, signal = live(), maxBytes } = more
    return runOnHost(connection, { command, deadlineMs, ...(maxBytes !== undefined && { maxBytes }) }, signal)
  }
  return { server, connection, run }
}

describe('runOnHost', () => {
  it('gives exit status and both streams, and passes arguments as they are', async () => {
    const { run } = await connected()
    const odd = `it's $(echo a) "b" \\ *\n€`
    expect(await run(['sh', '-c', 'printf %s "$1"; echo oops >&2; exit 3', 'sh', odd])).toEqual({
      code: 3,
      stdout: odd,
      stderr: 'oops\n',
    })
  })

  it('gives the command no input', async () => {
    const { run } = await connected()
    expect(await run(['cat'])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('has no exit status where a signal ended the command', async () => {
    const onCommand = (_line: string, channel: ServerChannel) => {
      channel.exit('KILL')
      channel.end()
      return true
    }
    const { run } = await connected({ onCommand })
    expect(await run(['x'])).toEqual({ stdout: '', stderr: '' })
  })

  it('keeps no more of the output than it may, and lets the command go on', async () => {
    const { run } = await connected()
    const { code, stdout } = await run(['sh', '-c', 'head -c 5000000 /dev/zero; exit 7'], { maxBytes: 1_000 })
    expect(code).toBe(7)
    expect(stdout).toHaveLength(1_000)
  })

  it('ends within its deadline, and closes the channel', async () => {
    let isClosed = false
    const onCommand = (_line: string, channel: ServerChannel) => {
      channel.on('close', () => (isClosed = true))
      channel.resume()
      return true
    }
    const { run } = await connected({ onCommand })
    await expect(run(['hang'], { deadlineMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('command: hang: it did not end within 0.1 s') as string,
    })
    await expect.poll(() => isClosed).toBe(true)
  })

  it('is cancelled, before and while it runs', async () => {
    const { run } = await connected({ onCommand: () => true })
    await expect(run(['hang'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    await expect(run(['hang'], { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('says that the connection was lost', async () => {
    const { run, server } = await connected({ onCommand: () => true })
    const running = run(['hang'])
    setTimeout(() => server.cut(), 100)
    await expect(running).rejects.toMatchObject({ code: 'unreachable' })
    await sleep(0)
    await expect(run(['late'])).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('says that the host runs no commands', async () => {
    const { run } = await connected({ refusesCommands: true })
    await expect(run(['x'])).rejects.toMatchObject({ code: 'unreachable' })
  })
})
