import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { get, request, type Agent, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { sshFolders } from '../../src/adapters/ssh/ssh-config'
import { SshPool } from '../../src/adapters/ssh/ssh-pool'
import { openSshTransport } from '../../src/adapters/ssh/ssh-transport'
import { systemClock } from '../../src/adapters/system-clock'
import type { SwarmNetworksError } from '../../src/core/errors'
import type { ConnectionPrompts, UnknownHostKey } from '../../src/core/ports/environment'
import { noPrompts } from '../no-prompts'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { LabUser, Machine } from './machines/machine'

let lab: Lab

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
})

const quiet = () => undefined
const live = () => new AbortController().signal

interface ClientOptions {
  readonly connectDeadlineMs?: number
  readonly trusts?: boolean
  readonly answers?: Partial<ConnectionPrompts>
}

/** A client of its own: a home folder that knows the lab's hosts, no agent, no keys but the lab's. */
async function aClient({ connectDeadlineMs = 10_000, trusts = false, answers = {} }: ClientOptions = {}) {
  const home = await makeHome(lab)
  const asked: UnknownHostKey[] = []
  const pool = new SshPool({
    folders: sshFolders({ ...thisMachine(), env: {}, home }),
    clock: systemClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    connectDeadlineMs,
    prompts: {
      ...noPrompts,
      ...answers,
      confirmHostKey: (key) => {
        asked.push(key)
        return Promise.resolve(trusts)
      },
    },
  })
  onTestFinished(async () => {
    pool.dispose()
    await rm(home, { recursive: true })
  })
  const open = async (machine: Machine | string, user: LabUser = 'docker-user', socketPath?: string) => {
    const host = typeof machine === 'string' ? machine : machine.address
    const endpoint = { kind: 'ssh', host, user, identityFiles: [lab.description.sshKey] } as const
    return openSshTransport(socketPath === undefined ? endpoint : { ...endpoint, socketPath }, pool, live())
  }
  return { home, pool, asked, open, knownHosts: join(home, '.ssh/known_hosts') }
}

function ask(agent: Agent, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ agent, path, host: 'localhost' }, resolve).on('error', reject)
  })
}

const answerOf = async (agent: Agent, path: string) => text(await ask(agent, path))

const failureOf = (call: Promise<unknown>): Promise<SwarmNetworksError> =>
  call.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => error as SwarmNetworksError,
  )

/** Makes sshd read its configuration again. It lets go of its port for a moment. */
const reloadSshd = `
systemctl reload ssh
sleep 0.2
until ss -Hltn 'sport = :22' | grep -q .; do sleep 0.05; done`

/** Adds lines to a machine's sshd_config for the time of a test. */
async function configureSshd(machine: Machine, lines: string): Promise<void> {
  const file = '/etc/ssh/sshd_config.d/00-test.conf'
  onTestFinished(async () => {
    await machine.run(`rm -f ${file}; ${reloadSshd}`)
  })
  await machine.run(`printf '${lines}\\n' > ${file}; ${reloadSshd}`)
}

/** A shell with a terminal in a container, over the API. */
async function shellIn(agent: Agent, container: string): Promise<Duplex> {
  const exec = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true, Cmd: ['sh'] }
  const { Id } = JSON.parse(await post(agent, `/containers/${container}/exec`, exec)) as { Id: string }
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', Connection: 'Upgrade', Upgrade: 'tcp' }
    request({ agent, method: 'POST', host: 'localhost', path: `/exec/${Id}/start`, headers })
      .on('upgrade', (_response, socket) => resolve(socket.on('error', quiet)))
      .on('error', reject)
      .end(JSON.stringify({ Tty: true }))
  })
}

function post(agent: Agent, path: string, body: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' }
    request({ agent, method: 'POST', host: 'localhost', path, headers }, (response) => resolve(text(response)))
      .on('error', reject)
      .end(JSON.stringify(body))
  })
}

const stateOf = async (machine: Machine) =>
  (await machine.exec('systemctl is-active docker.service docker.socket')).stdout.trim().split('\n').join(' ')

/** How many SSH connections a machine has from here. */
const connectionsOf = async (machine: Machine) =>
  Number(await machine.run("ss -Htn state established '( sport = :22 )' | wc -l"))

describe('an engine over SSH', () => {
  it('answers on every generation, with one connection for all that is open', async () => {
    const { open } = await aClient()
    for (const machine of lab.machines) {
      const before = await connectionsOf(machine)
      const transport = await open(machine)
      const { agent } = transport.dockerOptions
      const events = await ask(agent, '/events')
      const answers = await Promise.all(Array.from({ length: 60 }, () => answerOf(agent, '/info')))
      expect(new Set(answers.map((answer) => (JSON.parse(answer) as { Name: string }).Name))).toEqual(
        new Set([machine.name]),
      )
      expect((await connectionsOf(machine)) - before).toBe(1)
      events.on('error', quiet)
      transport.close()
    }
  })

  it('may not be used by a user who is not in its group', async () => {
    const { open } = await aClient()
    for (const machine of lab.machines) {
      const { dockerOptions } = await open(machine, 'nobody-rights')
      const error = await failureOf(answerOf(dockerOptions.agent, '/version'))
      expect(error).toMatchObject({ code: 'permission-denied', host: machine.address })
      expect(error.remedy).toContain('usermod -aG docker nobody-rights')
    }
  })

  it('is not at another socket', async () => {
    const { open } = await aClient()
    const { dockerOptions } = await open(lab.manager, 'docker-user', '/run/nothing.sock')
    expect(await failureOf(answerOf(dockerOptions.agent, '/version'))).toMatchObject({ code: 'socket-missing' })
  })
})

describe('an engine on a host that forwards no sockets', () => {
  const noSockets = 'AllowStreamLocalForwarding no'

  it('is reached through the docker command there, on every generation, over one connection', async () => {
    for (const machine of lab.machines) {
      await configureSshd(machine, noSockets)
      const { open } = await aClient()
      const before = await connectionsOf(machine)
      const { agent } = (await open(machine)).dockerOptions
      const events = await ask(agent, '/events')
      events.on('error', quiet)
      const answers = await Promise.all(Array.from({ length: 20 }, () => answerOf(agent, '/info')))
      for (const answer of answers) expect(JSON.parse(answer)).toMatchObject({ Name: machine.name })
      expect((await connectionsOf(machine)) - before).toBe(1)
    }
  })

  it('is not woken where somebody stopped it', async () => {
    const machine = lab.manager
    onTestFinished(() => machine.faults.startDockerService())
    await configureSshd(machine, noSockets)
    const { open } = await aClient()
    const { agent } = (await open(machine)).dockerOptions
    await answerOf(agent, '/version')
    await machine.run('systemctl stop docker.service')
    expect(await failureOf(answerOf(agent, '/version'))).toMatchObject({ code: 'engine-stopped' })
    expect(await stateOf(machine)).toBe('inactive active')
  })

  it('serves calls, events and terminals where sshd allows three sessions, and leaves nothing behind', async () => {
    const machine = lab.manager
    onTestFinished(async () => {
      await machine.run('docker rm -f shell1')
    })
    await machine.run('docker run -d --name shell1 alpine sleep 1h')
    await configureSshd(machine, `${noSockets}\nMaxSessions 3`)
    const { open } = await aClient()
    const transport = await open(machine)
    const { agent } = transport.dockerOptions
    const events = await ask(agent, '/events')
    events.on('error', quiet).resume()
    expect(await Promise.all(Array.from({ length: 30 }, () => answerOf(agent, '/_ping')))).toEqual(
      Array.from({ length: 30 }, () => 'OK'),
    )
    const terminal = await shellIn(agent, 'shell1')
    terminal.write('echo $((6 * 7)); exit\n')
    expect(await text(terminal)).toContain('42')
    await shellIn(agent, 'shell1')
    const error = await failureOf(shellIn(agent, 'shell1'))
    expect(error.remedy).toContain('MaxSessions')
    expect(await answerOf(agent, '/_ping')).toBe('OK')
    transport.close()
    await expect.poll(() => machine.run("pgrep -fc '[d]ial-stdio' || true"), { timeout: 10_000 }).toMatch(/^0/)
  })

  it('says so where there is no docker command either', async () => {
    const machine = lab.manager
    onTestFinished(async () => {
      await machine.run('chmod 755 /usr/bin/docker')
    })
    await configureSshd(machine, noSockets)
    await machine.run('chmod 700 /usr/bin/docker')
    const { open } = await aClient()
    const error = await failureOf(answerOf((await open(machine)).dockerOptions.agent, '/version'))
    expect(error).toMatchObject({ code: 'unsupported' })
    expect(error.remedy).toContain('AllowStreamLocalForwarding yes')
  })

  it('may still not be used by a user who is not in its group', async () => {
    await configureSshd(lab.manager, noSockets)
    const { open } = await aClient()
    const { agent } = (await open(lab.manager, 'nobody-rights')).dockerOptions
    expect(await failureOf(answerOf(agent, '/version'))).toMatchObject({ code: 'permission-denied' })
  })
})

describe('an engine that somebody stopped', () => {
  it('is not woken, keeps its SSH connection, and answers over it when it is started', async () => {
    for (const machine of lab.machines) {
      onTestFinished(() => machine.faults.startDockerService())
      const { open } = await aClient()
      const first = await open(machine)
      await answerOf(first.dockerOptions.agent, '/version')
      first.close()
      const connections = await connectionsOf(machine)
      await machine.run('systemctl stop docker.service')
      expect(await stateOf(machine)).toBe('inactive active')
      for (let i = 0; i < 5; i++) {
        const transport = await open(machine)
        const error = await failureOf(answerOf(transport.dockerOptions.agent, '/version'))
        expect(error).toMatchObject({ code: 'engine-stopped', host: machine.address })
        transport.close()
      }
      expect(await stateOf(machine)).toBe('inactive active')
      await machine.run('systemctl start docker.service')
      const again = await open(machine)
      expect(JSON.parse(await answerOf(again.dockerOptions.agent, '/version'))).toHaveProperty('ApiVersion')
      expect(await connectionsOf(machine)).toBe(connections)
    }
  })

  it('is not woken by a client that goes on asking while it stops', async () => {
    const machine = lab.manager
    onTestFinished(async () => {
      await machine.faults.startDockerService()
      await machine.run('docker rm -f slow')
    })
    // Its first process ignores SIGTERM: the engine waits for it, its connections open and its listener closed.
    await machine.run('docker run -d --name slow --stop-timeout 1 alpine sleep 1h')
    const { open } = await aClient()
    const { agent } = (await open(machine)).dockerOptions
    const codes = new Set<string>()
    const asking: Promise<unknown>[] = []
    // Without waiting for answers, so that new connections are wanted all the time.
    const timer = setInterval(() => {
      asking.push(answerOf(agent, '/info').catch((error: unknown) => codes.add((error as SwarmNetworksError).code)))
    }, 20)
    await sleep(500)
    await machine.run('systemctl stop docker.service')
    await sleep(1_000)
    clearInterval(timer)
    expect(await stateOf(machine)).toBe('inactive active')
    await Promise.all(asking)
    expect(codes).toContain('engine-stopped')
  })

  it('says that nothing listens where no socket unit would start it either', async () => {
    const machine = lab.manager
    const mend = await machine.faults.stopDockerService()
    onTestFinished(mend)
    const { open } = await aClient()
    const error = await failureOf(answerOf((await open(machine)).dockerOptions.agent, '/version'))
    expect(['socket-missing', 'unreachable']).toContain(error.code)
    expect(error.remedy).toContain('systemctl')
  })
})

describe('a login without a key', () => {
  const user = 'swarm-test'

  async function aUserWithPassword(machine: Machine, password: string): Promise<void> {
    onTestFinished(async () => {
      await machine.run(`userdel -rf ${user} 2>/dev/null || true`)
    })
    await machine.run(`useradd -m -G docker -s /bin/sh ${user}; echo ${user}:${password} | chpasswd`)
  }

  /** Opens the engine as that user; gives how often it was asked for the password. */
  async function loginWith(machine: Machine, passwords: string[]) {
    let asked = 0
    const askPassword = () => Promise.resolve(passwords[asked++])
    const { pool } = await aClient({ answers: { askPassword } })
    const endpoint = { kind: 'ssh', host: machine.address, user, identityFiles: ['/nowhere'] } as const
    return { open: () => openSshTransport(endpoint, pool, live()), asked: () => asked }
  }

  it.each([
    ['password', 'PasswordAuthentication yes\\nKbdInteractiveAuthentication no'],
    ['questions', 'PasswordAuthentication no\\nKbdInteractiveAuthentication yes'],
    ['both', 'PasswordAuthentication yes\\nKbdInteractiveAuthentication yes'],
  ])('asks for the password and sends a wrong one once (%s)', async (_, lines) => {
    const machine = lab.manager
    await aUserWithPassword(machine, 'rose')
    await configureSshd(machine, `${lines}\\nUsePAM yes`)
    const { open, asked } = await loginWith(machine, ['lily', 'rose'])
    // To the entry, not to the second: the case before this one may have been refused in the same.
    const cursor = await machine.run("journalctl -q -n 1 --show-cursor | sed -n 's/^-- cursor: //p'")
    expect(await failureOf(open())).toMatchObject({ code: 'unauthorized' })
    const failed = `journalctl -t sshd --after-cursor='${cursor.trim()}' | grep -cE 'Failed password for ${user} |PAM: Authentication failure for ${user} ' || true`
    await expect.poll(() => machine.run(failed), { timeout: 8_000 }).toMatch(/^1/)
    const { agent } = (await open()).dockerOptions
    expect(await answerOf(agent, '/_ping')).toBe('OK')
    expect(asked()).toBe(2)
  })
})

describe('an SSH connection', () => {
  it('raises no false alarm where only another type of the host’s keys is known', async () => {
    const machine = lab.manager
    const types = ['rsa', 'ecdsa', 'ed25519']
    onTestFinished(async () => {
      await machine.run(`rm -f /etc/ssh/ssh_host_rsa_key* /etc/ssh/ssh_host_ecdsa_key*; ${reloadSshd}`)
    })
    await machine.run(`ssh-keygen -A >/dev/null; ${reloadSshd}`)
    for (const type of types) {
      const { open, knownHosts, asked } = await aClient()
      await writeFile(knownHosts, `${machine.address} ${await machine.run(`cat /etc/ssh/ssh_host_${type}_key.pub`)}`)
      ;(await open(machine)).close()
      expect(asked).toEqual([])
    }
  })

  it('shows the fingerprint that the host itself names, and writes what ssh understands', async () => {
    const { open, asked, knownHosts } = await aClient({ trusts: true })
    await rm(knownHosts)
    ;(await open(lab.manager)).close()
    const [, fingerprint] = (await lab.manager.run('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).split(' ')
    expect(asked).toEqual([{ host: lab.manager.address, port: 22, type: 'ssh-ed25519', fingerprint }])
    const written = await readFile(knownHosts, 'utf8')
    const found = await lab.manager.run([
      'sh',
      '-c',
      'printf %s "$1" > /tmp/kh; ssh-keygen -F "$2" -f /tmp/kh',
      'sh',
      written,
      lab.manager.address,
    ])
    expect(found).toContain('found: line 1')
  })

  it('goes through another host where the configuration says so', async () => {
    const [jump, target] = [lab.machines[0]!, lab.machines[1]!]
    const { open, home } = await aClient()
    const config = `
Host behind
  HostName ${target.address}
  ProxyJump docker-user@${jump.address}
Host *
  IdentityFile ${lab.description.sshKey}
`
    await writeFile(join(home, '.ssh/config'), config)
    const { dockerOptions } = await open('behind')
    expect(JSON.parse(await answerOf(dockerOptions.agent, '/info'))).toMatchObject({ Name: target.name })
    expect(await target.run("ss -Htn state established '( sport = :22 )'")).toContain(jump.address)
  })

  it('that is lost is told at once, and made anew', async () => {
    const { open } = await aClient()
    const transport = await open(lab.manager)
    const lost = new Promise<SwarmNetworksError>((resolve) => transport.onClosed(resolve))
    const events = await ask(transport.dockerOptions.agent, '/events')
    const broken = once(events, 'error')
    // The brackets keep pkill from finding the shell that runs it.
    await lab.manager.run("pkill -KILL -f '^sshd: docker-use[r]'")
    expect(await lost).toMatchObject({ code: 'unreachable', host: lab.manager.address })
    await broken
    const again = await open(lab.manager)
    expect(await answerOf(again.dockerOptions.agent, '/_ping')).toBe('OK')
  })

  it('to a host that accepts and never answers ends within its deadline', async () => {
    const mend = await lab.manager.faults.pauseMachine()
    onTestFinished(mend)
    const { open } = await aClient({ connectDeadlineMs: 1_000 })
    const start = performance.now()
    expect(await failureOf(open(lab.manager))).toMatchObject({ code: 'timeout' })
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
