import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HostSetting } from '../../src/core/model/host-setting'
import { issueCertificate } from '../unit/adapters/docker/certificates'
import type { Lab } from './lab.js'
import type { Ways } from './ways.js'

/** Hosts that something is wrong with, each in its own way, beside the lab's. */
export interface FaultyHosts extends AsyncDisposable {
  readonly settings: readonly HostSetting[]
  /** Those that hold a connection until its deadline. */
  readonly silent: readonly string[]
  /** The text with what differs from run to run taken out: addresses, ports, folders, fingerprints, dates. */
  readonly stable: (text: string) => string
}

/** An address of the lab's network that nobody has. */
const nobody = 250

export async function openFaultyHosts(lab: Lab, ways: Ways): Promise<FaultyHosts> {
  const loopback = new Loopback()
  const agent = await startEmptyAgent(join(ways.home, 'agent.sock'))
  const down = lab.manager.address.replace(/\d+$/, String(nobody))
  const at = (name: string) => lab.machine(name).address
  const silent = await loopback.start(createServer())
  const oldEngine = await loopback.engine({ Version: '1.8.3', ApiVersion: '1.20' })
  const newEngine = await loopback.engine({ Version: '40.0', ApiVersion: '1.90', MinAPIVersion: '1.80' })
  const tls = await expiredAndMisnamed(loopback, ways.home)
  await writeFile(
    join(ways.home, '.ssh/conf.d/faulty'),
    `Host host-key-changed
  HostName ${at('tolkewitz')}
  HostKeyAlias somebody-else
Host keyless
  HostName ${at('lindenau')}
  User docker-user
  IdentityFile none
  IdentityAgent ${agent.path}
Host not-allowed
  HostName ${at('lindenau')}
  User nobody-rights
Host no-docker
  HostName ${at('lindenau')}
  User docker-user
Host behind-a-dead-jump
  HostName ${at('miltitz')}
  ProxyJump down-jump
Host behind-a-good-jump
  HostName ${down}
  User docker-user
  ProxyJump docker-user@forwarding
Host down-jump
  HostName ${down}
  User docker-user
Host silent-ssh
  HostName 127.0.0.1
  Port ${silent}
`,
  )
  await appendFile(
    join(ways.home, '.ssh/known_hosts'),
    'somebody-else ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS\n',
  )
  const url = (port: number) => `tcp://127.0.0.1:${port}`
  const settings: readonly HostSetting[] = [
    { name: 'down', url: `tcp://${down}:2375` },
    { name: 'down over SSH', url: `ssh://root@${down}` },
    { name: 'nothing listens', url: url(1) },
    { name: 'unknown name', url: 'tcp://no-such-host.invalid:2375' },
    { name: 'silent', url: url(silent) },
    { name: 'silent with TLS', url: url(silent), tls: tls.files },
    { name: 'silent over SSH', url: 'ssh://silent-ssh' },
    { name: 'host key changed', url: 'ssh://host-key-changed' },
    { name: 'agent without keys', url: 'ssh://keyless' },
    { name: 'permission denied', url: 'ssh://not-allowed' },
    { name: 'no engine', url: 'ssh://no-docker/run/nothing.sock' },
    { name: 'jump host down', url: 'ssh://behind-a-dead-jump' },
    { name: 'host behind the jump down', url: 'ssh://behind-a-good-jump' },
    { name: 'certificate expired', url: url(tls.expired), tls: tls.files },
    { name: 'certificate for another name', url: url(tls.misnamed), tls: tls.files },
    { name: 'engine too old', url: url(oldEngine) },
    { name: 'engine too new', url: url(newEngine) },
  ]
  const words: readonly (readonly [string | RegExp, string])[] = [
    [ways.home, '~'],
    [down, 'DOWN'],
    ...lab.machines.map(({ address, name }) => [address, name.toUpperCase()] as const),
    [/127\.0\.0\.1:\d+/g, 'LOOPBACK:PORT'],
    [/SHA256:[\w+/]+/g, 'SHA256:…'],
    [/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT/g, 'DATE'],
  ]
  return {
    settings,
    silent: ['silent', 'silent with TLS', 'silent over SSH'],
    // Names that lead to one login share a connection, which is called by whichever of them came first: only the login stays.
    stable: (text) =>
      words
        .reduce((rest, [from, to]) => rest.replaceAll(from, to), text)
        .replace(/(SSH to|connect:|on the way to) [\w.@:-]+ \((.*?)\)/g, '$1 $2'),
    [Symbol.asyncDispose]: async () => {
      agent.stop()
      await loopback[Symbol.asyncDispose]()
    },
  }
}

/** Servers on loopback that stand for engines which the lab cannot have. */
class Loopback implements AsyncDisposable {
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()

  async start(server: Server): Promise<number> {
    this.#servers.push(server)
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  /** An engine that says its version and nothing else. */
  engine(version: object): Promise<number> {
    return this.start(createHttpServer((_request, response) => response.end(JSON.stringify(version))))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
}

const daysFromNow = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1_000)

async function expiredAndMisnamed(loopback: Loopback, folder: string) {
  const authority = issueCertificate({ name: 'the authority' })
  const old = { validFrom: daysFromNow(-90), validTo: daysFromNow(-1) }
  const expired = issueCertificate({ name: 'kaditz', issuer: authority, names: ['127.0.0.1'], ...old })
  const misnamed = issueCertificate({ name: 'kaditz', issuer: authority, names: ['kaditz.example'] })
  const ca = join(folder, 'authority.pem')
  await writeFile(ca, authority.cert)
  return {
    files: { ca },
    expired: await loopback.start(createHttpsServer({ cert: expired.cert, key: expired.key })),
    misnamed: await loopback.start(createHttpsServer({ cert: misnamed.cert, key: misnamed.key })),
  }
}

/** OpenSSH's own agent, with nothing in it. */
async function startEmptyAgent(path: string): Promise<{ readonly path: string; stop(): void }> {
  const agent = spawn('ssh-agent', ['-D', '-a', path], { stdio: 'ignore' })
  await once(agent, 'spawn')
  // It says nothing when its socket is there.
  await sleep(200)
  return { path, stop: () => void agent.kill() }
}
