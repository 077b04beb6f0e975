import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SshEndpoint } from '../../../../src/adapters/ssh/ssh-host'
import { SshPool } from '../../../../src/adapters/ssh/ssh-pool'
import { runOnHost } from '../../../../src/adapters/ssh/ssh-run'
import { FakeClock } from '../../fakes/fake-clock'
import { write } from '../sources/temporary-folder'
import { aHome, aLog, Prompts, startSshServer, startTcpServer, type Home } from './ssh-server'

const live = () => new AbortController().signal

function aPool(home: Home, prompts = new Prompts({ trusts: true })) {
  const [clock, log] = [new FakeClock(), aLog()]
  const pool = new SshPool({ folders: home.folders, prompts, clock, log, connectDeadlineMs: 3_000, lingerMs: 1_000 })
  onTestFinished(() => pool.dispose())
  return { pool, clock, log, prompts }
}

const config = (home: Home, text: string) => write(join(home.path, '.ssh/config'), text)

describe('SshPool', () => {
  it('makes one connection for all that want it, at the same time and later', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const { pool, prompts } = aPool(home)
    const endpoints: SshEndpoint[] = [
      home.endpoint(server.port),
      home.endpoint(server.port, { user: 'me', socketPath: '/run/user/1/docker.sock' }),
    ]
    const leases = await Promise.all(endpoints.map((endpoint) => pool.acquire(endpoint, live())))
    leases.push(await pool.acquire(endpoints[0]!, live()))
    expect(new Set(leases.map(({ connection }) => connection)).size).toBe(1)
    expect(server.tcpCount).toBe(1)
    expect(prompts.asked).toHaveLength(1)
  })

  it('makes another for another user', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const { pool } = aPool(home)
    await pool.acquire(home.endpoint(server.port), live())
    await pool.acquire(home.endpoint(server.port, { user: 'other' }), live())
    expect(server.tcpCount).toBe(2)
  })

  it('makes another for a name that is trusted or let in for other reasons, and refuses it on its own account', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await home.knows(server.port)
    const at = `HostName 127.0.0.1\n  Port ${server.port}`
    await config(
      home,
      `Host trusted\n  ${at}\nHost keyless\n  ${at}\n  IdentityFile none\nHost stranger\n  ${at}\n  HostKeyAlias stranger\n`,
    )
    const { pool, prompts } = aPool(home, new Prompts())
    const [trusted, keyless, stranger] = await Promise.allSettled(
      ['trusted', 'keyless', 'stranger'].map((host) => pool.acquire({ kind: 'ssh', host }, live())),
    )
    expect(trusted).toMatchObject({ status: 'fulfilled' })
    expect(keyless).toMatchObject({ reason: { code: 'unauthorized', host: 'keyless' } })
    expect(stranger).toMatchObject({ reason: { code: 'host-key-unknown', host: 'stranger' } })
    expect(prompts.asked).toHaveLength(1)
    await expect(pool.acquire({ kind: 'ssh', host: 'stranger' }, live())).rejects.toMatchObject({ host: 'stranger' })
  })

  it('keeps a connection for a while after its last user left, and then closes it', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const { pool, clock } = aPool(home)
    const first = await pool.acquire(home.endpoint(server.port), live())
    const second = await pool.acquire(home.endpoint(server.port), live())
    first.release()
    first.release()
    await clock.advance(5_000)
    expect(second.connection.isOpen).toBe(true)
    second.release()
    await clock.advance(900)
    const third = await pool.acquire(home.endpoint(server.port), live())
    await clock.advance(5_000)
    expect(third.connection.isOpen).toBe(true)
    expect(server.tcpCount).toBe(1)
    third.release()
    await clock.advance(1_100)
    expect(third.connection.isOpen).toBe(false)
    await expect.poll(() => server.connections.size).toBe(0)
  })

  it('connects anew after a loss, of which it tells each user', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const { pool, clock } = aPool(home)
    const lease = await pool.acquire(home.endpoint(server.port), live())
    const lost = new Promise((resolve) => lease.connection.onClosed(resolve))
    server.cut()
    expect(await lost).toMatchObject({ code: 'unreachable' })
    lease.release()
    expect(clock.pending).toBe(0)
    const again = await pool.acquire(home.endpoint(server.port), live())
    expect(again.connection).not.toBe(lease.connection)
    expect(server.tcpCount).toBe(2)
  })

  it('tries anew after a failure', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const untrusting = aPool(home, new Prompts())
    for (let i = 0; i < 2; i++)
      await expect(untrusting.pool.acquire(home.endpoint(server.port), live())).rejects.toMatchObject({
        code: 'host-key-unknown',
      })
    expect(server.tcpCount).toBe(2)
  })

  it('goes on connecting for the others when one gives up, and stops when the last one does', async () => {
    const home = await aHome()
    let accepted = 0
    const closed: string[] = []
    const port = await startTcpServer((socket) => {
      accepted++
      socket.on('close', () => closed.push('closed'))
    })
    const { pool } = aPool(home)
    const [one, two] = [new AbortController(), new AbortController()]
    const first = pool.acquire(home.endpoint(port), one.signal)
    const second = pool.acquire(home.endpoint(port), two.signal)
    await expect.poll(() => accepted).toBe(1)
    one.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await sleep(50)
    expect(closed).toEqual([])
    two.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => closed).toEqual(['closed'])
    expect(accepted).toBe(1)
  })

  it('closes everything when it is disposed', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    const { pool } = aPool(home)
    const { connection } = await pool.acquire(home.endpoint(server.port), live())
    let losses = 0
    connection.onClosed(() => losses++)
    pool.dispose()
    expect(connection.isOpen).toBe(false)
    await expect.poll(() => server.connections.size).toBe(0)
    expect(losses).toBe(0)
  })

  it('logs what the configuration says and is not followed', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await config(home, 'CertificateFile ~/.ssh/id-cert.pub\n')
    const { pool, log } = aPool(home)
    await pool.acquire(home.endpoint(server.port), live())
    expect(log.lines[0]).toMatch(/^debug 127\.0\.0\.1: CertificateFile in .* is not followed$/)
  })
})

describe('ProxyJump', () => {
  it('goes through one host and through several, each connected once', async () => {
    const home = await aHome()
    const [a, b, target] = [
      await startSshServer({ allowsTcp: true }),
      await startSshServer({ allowsTcp: true }),
      await startSshServer(),
    ]
    await config(
      home,
      `
Host a
  HostName 127.0.0.1
  Port ${a.port}
Host b
  HostName 127.0.0.1
  Port ${b.port}
Host near
  HostName 127.0.0.1
  Port ${target.port}
  ProxyJump a
Host far
  HostName 127.0.0.1
  Port ${target.port}
  ProxyJump a,b
`,
    )
    const { pool, clock } = aPool(home)
    const near = await pool.acquire({ kind: 'ssh', host: 'near' }, live())
    expect((await runOnHost(near.connection, { command: ['echo', 'near'], deadlineMs: 3_000 }, live())).stdout).toBe(
      'near\n',
    )
    const far = await pool.acquire({ kind: 'ssh', host: 'far' }, live())
    expect((await runOnHost(far.connection, { command: ['echo', 'far'], deadlineMs: 3_000 }, live())).stdout).toBe(
      'far\n',
    )
    expect([a.tcpCount, b.tcpCount, target.tcpCount]).toEqual([1, 1, 2])
    near.release()
    far.release()
    await clock.advance(1_500)
    await expect.poll(() => target.connections.size).toBe(0)
    // The hosts on the way were in use until then.
    await clock.advance(1_500)
    await expect.poll(() => b.connections.size).toBe(0)
    await clock.advance(1_500)
    await expect.poll(() => a.connections.size).toBe(0)
  })

  it('says that the host on the way is down, or cannot reach the host behind it', async () => {
    const home = await aHome()
    const [jump, gone] = [await startSshServer({ allowsTcp: true }), await startSshServer()]
    await gone.close()
    await config(
      home,
      `
Host jump
  HostName 127.0.0.1
  Port ${jump.port}
Host down
  HostName 127.0.0.1
  Port ${gone.port}
Host a
  ProxyJump down
Host b
  HostName 127.0.0.1
  Port ${gone.port}
  ProxyJump jump
`,
    )
    const { pool } = aPool(home)
    await expect(pool.acquire({ kind: 'ssh', host: 'a' }, live())).rejects.toMatchObject({
      code: 'unreachable',
      host: 'a',
      message: expect.stringMatching(
        /^SSH to down \(.*\), connect: nothing listens there .*; it is on the way to me@a$/,
      ) as string,
      step: 'jump',
    })
    await expect(pool.acquire({ kind: 'ssh', host: 'b' }, live())).rejects.toMatchObject({
      code: 'unreachable',
      host: 'b',
      step: 'jump',
      message: expect.stringContaining('jump (me@127.0.0.1') as string,
    })
  })

  it('loses the host behind when the host on the way is lost', async () => {
    const home = await aHome()
    const [jump, target] = [await startSshServer({ allowsTcp: true }), await startSshServer()]
    await config(home, `Host t\n  HostName 127.0.0.1\n  Port ${target.port}\n  ProxyJump 127.0.0.1:${jump.port}\n`)
    const { pool } = aPool(home)
    const { connection } = await pool.acquire({ kind: 'ssh', host: 't' }, live())
    const lost = new Promise((resolve) => connection.onClosed(resolve))
    jump.cut()
    expect(await lost).toMatchObject({ code: 'unreachable', host: 't' })
  })

  it('is refused where it leads in a circle', async () => {
    const home = await aHome()
    await config(home, 'Host *\n  ProxyJump bastion\n')
    const { pool } = aPool(home)
    await expect(pool.acquire({ kind: 'ssh', host: 'x' }, live())).rejects.toMatchObject({
      code: 'invalid-input',
      host: 'bastion',
    })
  })
})
