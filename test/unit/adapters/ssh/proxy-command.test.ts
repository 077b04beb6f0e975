import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SshPool } from '../../../../src/adapters/ssh/ssh-pool'
import { runOnHost } from '../../../../src/adapters/ssh/ssh-run'
import { describeError } from '../../../../src/core/errors'
import { FakeClock } from '../../fakes/fake-clock'
import { write } from '../sources/temporary-folder'
import { aHome, aLog, Prompts, startSshServer, type Home } from './ssh-server'

const live = () => new AbortController().signal

/** Joins its input and output with a port of this machine, as `nc` does. */
const netcat = `"${process.execPath}" -e "const s=require('net').connect(+process.argv[2],process.argv[1]);process.stdin.pipe(s).pipe(process.stdout)"`

async function reach(home: Home, proxyCommand: string, port = 22, connectDeadlineMs = 5_000) {
  await write(
    join(home.path, '.ssh/config'),
    `Host web\n  HostName 127.0.0.1\n  Port ${port}\n  ProxyCommand ${proxyCommand}\n`,
  )
  const pool = new SshPool({
    ...{ folders: home.folders, prompts: new Prompts(), clock: new FakeClock(), log: aLog(), connectDeadlineMs },
  })
  onTestFinished(() => pool.dispose())
  return pool.acquire({ kind: 'ssh', host: 'web' }, live())
}

const failureOf = async (home: Home, command: string, deadlineMs?: number) => {
  const error: unknown = await reach(home, command, 22, deadlineMs).catch((reason: unknown) => reason)
  return { code: (error as { code: string }).code, text: describeError(error) }
}

describe('a ProxyCommand', () => {
  it('is the way to the host, and ends with it', async () => {
    const [server, home] = [await startSshServer(), await aHome()]
    await home.knows(server.port)
    const { connection } = await reach(home, `${netcat} %h %p`, server.port)
    const command = { command: ['head', '-c', '3000000', '/dev/zero'], deadlineMs: 5_000, maxBytes: 4_000_000 }
    expect((await runOnHost(connection, command, live())).stdout).toHaveLength(3_000_000)
    connection.close()
    await expect.poll(() => server.connections.size).toBe(0)
  })

  it('that ends says how, in its own words', async () => {
    const { code, text } = await failureOf(await aHome(), 'sh -c "echo no route to \u0007 >&2; exit 3"')
    expect(code).toBe('unreachable')
    expect(text).toMatch(/connect: its ProxyCommand \(sh -c .*\) ended with status 3: no route to\. /)
    expect(text).not.toContain('\u0007')
    expect(text).toContain('Try the same with ssh in a terminal.')
  })

  it('that is not there says so', async () => {
    expect((await failureOf(await aHome(), '/no/such/program %h')).text).toMatch(/ended with status 127: .*not found/)
  })

  it('that never speaks ends with the deadline, and is named', async () => {
    const { code, text } = await failureOf(await aHome(), 'sleep 60', 300)
    expect(code).toBe('timeout')
    expect(text).toContain('Its way is the ProxyCommand sleep 60')
  })
})
