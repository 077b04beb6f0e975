import { describe, expect, it, onTestFinished } from 'vitest'
import { SshHostShells } from '../../../../src/adapters/ssh/ssh-host-shells'
import { SshPool } from '../../../../src/adapters/ssh/ssh-pool'
import type { Endpoint, Target } from '../../../../src/core/model/target'
import { FakeClock } from '../../fakes/fake-clock'
import { aHome, aLog, Prompts, startSshServer } from './ssh-server'

const live = () => new AbortController().signal

function aTarget(endpoint: Endpoint, otherEndpoints: readonly Endpoint[] = []): Target {
  return { id: 'settings:kaditz', name: 'kaditz', endpoint, otherEndpoints, source: 'settings', isDisabled: false }
}

async function shells() {
  const [server, home] = [await startSshServer(), await aHome()]
  await home.knows(server.port)
  const pool = new SshPool({ folders: home.folders, prompts: new Prompts(), clock: new FakeClock(), log: aLog() })
  onTestFinished(() => pool.dispose())
  return { server, ssh: home.endpoint(server.port), all: new SshHostShells(pool) }
}

describe('SshHostShells', () => {
  it('runs commands with input, and shows what they write as it comes', async () => {
    const { all, ssh } = await shells()
    const shell = await all.openShell(aTarget({ kind: 'tcp', host: 'kaditz', port: 2375 }, [ssh]), live())
    const seen: string[] = []
    const result = await shell.run(
      {
        command: ['sh', '-c', 'cat; echo oops >&2; exit 4'],
        input: 'for the host €\n',
        deadlineMs: 5_000,
        onOutput: (text, stream) => seen.push(`${stream}: ${text}`),
      },
      live(),
    )
    expect(result).toEqual({ code: 4, stdout: 'for the host €\n', stderr: 'oops\n' })
    expect(seen).toContain('stdout: for the host €\n')
    expect(seen).toContain('stderr: oops\n')
    shell.dispose()
  })

  it('shares one connection', async () => {
    const { all, ssh, server } = await shells()
    const [one, two] = await Promise.all([all.openShell(aTarget(ssh), live()), all.openShell(aTarget(ssh), live())])
    await Promise.all([one, two].map((shell) => shell.run({ command: ['true'], deadlineMs: 5_000 }, live())))
    expect(server.tcpCount).toBe(1)
    one.dispose()
    two.dispose()
  })

  it('says that the connection was lost', async () => {
    const { all, ssh, server } = await shells()
    const shell = await all.openShell(aTarget(ssh), live())
    const lost = new Promise<Error>((resolve) => shell.onLost(resolve))
    server.cut()
    expect((await lost).message).toContain('127.0.0.1')
  })

  it('refuses a target without SSH, by name', async () => {
    const { all } = await shells()
    await expect(all.openShell(aTarget({ kind: 'unix', path: '/run/docker.sock' }), live())).rejects.toMatchObject({
      code: 'unsupported',
      message: 'No way in over SSH is known to kaditz',
    })
  })
})
