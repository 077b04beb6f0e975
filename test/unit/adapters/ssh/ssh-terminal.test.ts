import { describe, expect, it, onTestFinished } from 'vitest'
import { SshHostShells } from '../../../../src/adapters/ssh/ssh-host-shells'
import { SshPool } from '../../../../src/adapters/ssh/ssh-pool'
import type { Target } from '../../../../src/core/model/target'
import type { TerminalSession } from '../../../../src/core/ports/terminal'
import { FakeClock } from '../../fakes/fake-clock'
import { aHome, aLog, Prompts, startSshServer, type SshServerOptions } from './ssh-server'

const live = () => new AbortController().signal
const size = { columns: 90, rows: 20 }

async function aHost(options: SshServerOptions = {}) {
  const [server, home] = [await startSshServer(options), await aHome()]
  await home.knows(server.port)
  const clock = new FakeClock()
  const pool = new SshPool({ folders: home.folders, prompts: new Prompts(), clock, log: aLog(), lingerMs: 1_000 })
  onTestFinished(() => pool.dispose())
  const endpoint = home.endpoint(server.port)
  const target: Target = { id: 'settings:kaditz', name: 'kaditz', endpoint, source: 'settings', isDisabled: false }
  const shells = new SshHostShells(pool)
  return { server, clock, shells, target, open: (signal = live()) => shells.openTerminal(target, size, signal) }
}

async function outputOf(session: TerminalSession): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of session.output) text += decoder.decode(chunk, { stream: true })
  return text
}

describe('a terminal on a host', () => {
  it('is a shell that takes input and says how it ended', async () => {
    const { open, server } = await aHost()
    const session = await open()
    expect(session.hasTty).toBe(true)
    session.write('echo $((6 * 7)) grün; exit 7\n')
    expect(await outputOf(session)).toBe('42 grün\n')
    expect(await session.exitCode()).toBe(7)
    expect(server.windows).toEqual(['xterm-256color 90x20'])
  })

  it('has the status that shells give where a signal ended it', async () => {
    const { open } = await aHost()
    const session = await open()
    session.write('kill -9 $$\n')
    await outputOf(session)
    expect(await session.exitCode()).toBe(128 + 9)
  })

  it('takes a new size, and none once it has ended', async () => {
    const { open, server } = await aHost()
    const session = await open()
    await session.resize({ columns: 100, rows: 30 })
    session.write('exit\n')
    await outputOf(session)
    await session.exitCode()
    await session.resize({ columns: 1, rows: 1 })
    session.write('too late\n')
    expect(server.windows).toEqual(['xterm-256color 90x20', '100x30'])
  })

  it('ends without an error when it is closed, and closing hangs the shell up', async () => {
    const { open, server } = await aHost()
    const session = await open()
    session.write('echo ready; cat\n')
    const reading = outputOf(session)
    session.close()
    session.close()
    await reading
    expect(await session.exitCode()).toBeUndefined()
    await expect.poll(() => server.sessionCount).toBe(0)
  })

  it('fails with the reason when the connection is lost', async () => {
    const { open, server } = await aHost()
    const reading = outputOf(await open())
    server.cut()
    await expect(reading).rejects.toMatchObject({ code: 'unreachable', host: '127.0.0.1' })
  })

  it('holds the host up while nobody reads, and loses nothing', async () => {
    const { open } = await aHost()
    const session = await open()
    session.write('head -c 9000000 /dev/zero; exit\n')
    await new Promise((resolve) => setTimeout(resolve, 300))
    let bytes = 0
    for await (const chunk of session.output) bytes += chunk.length
    expect(bytes).toBe(9_000_000)
    expect(await session.exitCode()).toBe(0)
  })

  it('shares the host’s connection, and keeps it as long as it lasts', async () => {
    const { open, server, clock, shells, target } = await aHost()
    const [one, two] = [await open(), await open()]
    const shell = await shells.openShell(target, live())
    expect(server.tcpCount).toBe(1)
    shell.dispose()
    one.close()
    await clock.advance(10_000)
    two.write('echo still here; exit\n')
    expect(await outputOf(two)).toBe('still here\n')
    await two.exitCode()
    await clock.advance(10_000)
    await expect.poll(() => server.connections.size).toBe(0)
  })

  it('says that the account may have none', async () => {
    const { open, server, clock } = await aHost({ refusesTerminals: true })
    await expect(open()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('a terminal: ') as string,
      remedy: expect.stringContaining('PermitTTY') as string,
    })
    await clock.advance(10_000)
    await expect.poll(() => server.connections.size).toBe(0)
  })

  it('is cancelled before it is open', async () => {
    const { open } = await aHost()
    await expect(open(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('is refused to a target without SSH, by name', async () => {
    const { shells, target } = await aHost()
    const other: Target = { ...target, endpoint: { kind: 'unix', path: '/run/docker.sock' } }
    await expect(shells.openTerminal(other, size, live())).rejects.toMatchObject({
      code: 'unsupported',
      message: 'No way in over SSH is known to kaditz',
    })
  })
})
