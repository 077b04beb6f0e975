import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostChildren, hostRoots } from '../../src/app/tree/hosts-tree'
import { placementOn } from '../../src/core/forms/classic-place'
import type { Fleet } from '../../src/core/model/fleet'
import type { Host } from '../../src/core/model/host'
import type { ContainerSpec } from '../../src/core/ports/engine'
import type { Target } from '../../src/core/model/target'
import type { ContainerJson, HostJson, NetworkJson } from '../../src/core/report/fleet-json'
import type { ConnectivityJson } from '../../src/core/report/json-report'
import { issueCertificate } from '../unit/adapters/docker/certificates'
import { becomes } from './becomes'
import { StandIn, type StandInOptions } from './classic/stand-in'
import { CommandLine } from './command-line'
import type { Lab } from './lab'
import { openFleetAt, type OpenedFleet } from './open-fleet'
import { openStoreLab, watchBegins } from './store-lab'

let lab: Lab

/** A second without an answer and the engine counts as lost: real managers take half a minute. */
const soon = { refreshMs: 500, failureRetries: 2 }

const start = (version: '1.0.0' | '1.1.0' | '1.2.9', options: Partial<StandInOptions> = {}): Promise<StandIn> =>
  StandIn.start(version, { engines: lab.machines.map(({ address }) => `${address}:2375`), ...soon, ...options })

const urlOf = ({ port }: StandIn): string => `tcp://127.0.0.1:${port}`

const targetOf = ({ port }: StandIn): Target => ({
  id: 'settings:swarm',
  name: 'swarm',
  endpoint: { kind: 'tcp', host: '127.0.0.1', port },
  source: 'settings',
  isDisabled: false,
})

const hostOf = (fleet: Fleet, name: string): Host => fleet.hosts.find((host) => host.name === name)!
const containersAt = (fleet: Fleet, host: string): readonly string[] =>
  hostOf(fleet, host).engine?.containers.map(({ name }) => name) ?? []
const signal = (): AbortSignal => AbortSignal.timeout(20_000)

beforeAll(async () => {
  lab = await openStoreLab()
  await lab.heal()
  await lab.cleanup()
})

afterAll(async () => {
  await lab.heal()
  await lab.cleanup()
})

/** Any container that sleeps; what a test is about besides. */
const sleeper = (over: Partial<ContainerSpec>): ContainerSpec => ({
  name: 'sleeper',
  image: 'alpine:latest',
  command: ['sleep', '1h'],
  networkId: 'gnswarm',
  aliases: [],
  environment: [],
  publishedPorts: [],
  labels: {},
  hasTty: false,
  isInteractive: false,
  restart: 'no',
  ...over,
})

/**
 * Runs a container, and once more where the engine had no way to its store: 20.10 sometimes dials it from a thread that
 * is in a container's network namespace, and then says "network is unreachable". Nothing is left of the first one.
 */
async function runOnStore(cli: CommandLine, ...args: readonly string[]): Promise<{ readonly host: string }> {
  const { status, stdout, stderr } = await cli.run('run', '--json', ...args)
  if (status === 0) return JSON.parse(stdout) as { readonly host: string }
  expect(stderr).toMatch(/etcd cluster is unavailable.*network is unreachable/)
  return cli.json('run', ...args)
}

/** Names and peers come through the store: a machine that is busy knows them a moment later. */
const patiently = { timeout: 30_000, interval: 500 }

/** A test by the command line: of each pair its result, or why it is none that passes. */
async function connectivity(by: CommandLine) {
  const { status, stdout } = await by.run('test', 'gnswarm', '--json')
  const { pairs, helped } = JSON.parse(stdout) as ConnectivityJson
  return { status, helped, results: pairs.map(({ result, reason }) => reason ?? result) }
}

describe.each(['1.2.9', '1.1.0'] as const)('through a manager of classic Swarm %s', (version) => {
  let manager: StandIn
  let cli: CommandLine
  let opened: OpenedFleet

  beforeAll(async () => {
    await lab.cleanup()
    manager = await start(version)
    cli = await CommandLine.to(lab, '--host', urlOf(manager))
    opened = await openFleetAt(lab, [targetOf(manager)])
    await becomes(opened, ({ hosts }) => hosts.length === 4 && hosts.every(({ state }) => state === 'ready'), 20_000)
  })

  afterAll(async () => {
    await opened[Symbol.asyncDispose]()
    await cli[Symbol.asyncDispose]()
    await manager[Symbol.asyncDispose]()
  })

  const fleet = (): Fleet => opened.service.fleet
  const client = (host: string) => opened.service.client(hostOf(fleet(), host).id)
  const idOf = (host: string, name: string): string =>
    hostOf(fleet(), host).engine!.containers.find((container) => container.name === name)!.id
  const inShell = async (...command: readonly string[]) =>
    client('lindenau').containers.exec(idOf('lindenau', 'shell1'), { command, deadlineMs: 10_000 }, signal())

  it('every node is a host, with its labels and what is reserved of it', async () => {
    const hosts = await cli.json<readonly HostJson[]>('hosts')
    expect(hosts.map(({ name, state }) => `${name} ${state}`)).toEqual([
      '127.0.0.1 ready',
      'lindenau ready',
      'miltitz ready',
      'tolkewitz ready',
    ])
    expect(hosts[0]!.classicSwarm).toMatchObject({ kind: 'manager', version, role: 'primary', strategy: 'spread' })
    expect(hosts.slice(1).map(({ classicSwarm }) => classicSwarm)).toMatchObject(
      ['north', 'south', 'north'].map((site) => ({
        kind: 'node',
        status: 'healthy',
        labels: { site },
        reservedCpus: '0 / 2',
      })),
    )
  })

  it('gnswarm is made once for all, and a second one of its name is refused', async () => {
    const { id } = await cli.json<{ readonly id: string }>('network', 'create', 'gnswarm', '--subnet', '10.46.0.0/24')
    await becomes(opened, ({ networks }) => networks.some((network) => network.id === id), 5_000)
    const [listed] = (await cli.json<readonly NetworkJson[]>('networks')).filter(({ name }) => name === 'gnswarm')
    expect(listed).toMatchObject({ id, scope: 'global', hosts: ['lindenau', 'miltitz', 'tolkewitz'] })
    const twice = {
      name: 'gnswarm',
      subnets: [],
      isAttachable: false,
      isInternal: false,
      isEncrypted: false,
      labels: {},
    }
    await expect(client('swarm').networks.create(twice, signal())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already exists') as string,
    })
  })

  it('web runs where a constraint says, shell1 where another leaves, and both are seen on their hosts', async () => {
    const run = (...args: readonly string[]) => runOnStore(cli, '--network', 'gnswarm', ...args)
    expect(await run('--name', 'web', '--constraint', 'node==tolkewitz', 'nginx')).toMatchObject({ host: 'tolkewitz' })
    await watchBegins()
    const elsewhere = ['--constraint', 'site==north', '--affinity', 'container!=web']
    expect(await run('--name', 'shell1', ...elsewhere, '-it', 'alpine')).toMatchObject({ host: 'lindenau' })
    await becomes(
      opened,
      (now) => containersAt(now, 'tolkewitz').includes('web') && containersAt(now, 'lindenau').includes('shell1'),
      5_000,
    )
    const input = { fleet: fleet(), results: { latest: () => undefined }, problems: [], now: Date.now() }
    const tolkewitz = hostRoots(input).find(({ label }) => label === 'tolkewitz')!
    expect(hostChildren(tolkewitz, input).map(({ label }) => label)).toContain('web')
    expect(containersAt(fleet(), 'swarm')).toEqual([])
  })

  it('shell1 reaches web: attached, by ping, by wget, and in the connectivity test', async () => {
    const size = { columns: 80, rows: 24 }
    const options = { size, detachKeys: 'ctrl-p,ctrl-q' }
    const session = await client('lindenau').containers.attach(idOf('lindenau', 'shell1'), options, signal())
    let seen = ''
    session.write('echo attached-$((1+1))\n')
    for await (const data of session.output) {
      seen += Buffer.from(data).toString()
      if (seen.includes('attached-2')) break
    }
    session.close()
    await expect.poll(() => inShell('ping', '-c', '3', '-W', '3', 'web'), patiently).toMatchObject({ exitCode: 0 })
    expect((await inShell('wget', '-qO-', 'http://web')).stdout).toContain('nginx')
    expect(await inShell('sh', '-c', 'exit 7')).toMatchObject({ exitCode: 7 })

    await expect.poll(async () => (await connectivity(cli)).results, patiently).toEqual(['pass', 'pass'])
    expect((await cli.run('test', 'gnswarm')).stdout).toContain('web (tolkewitz)')
  })

  it('logs, inspection, and leaving and joining a network go through the manager', async () => {
    const web = idOf('tolkewitz', 'web')
    const say = { command: ['sh', '-c', 'echo said >/proc/1/fd/1'], deadlineMs: 10_000 }
    expect(await client('tolkewitz').containers.exec(web, say, signal())).toMatchObject({ exitCode: 0 })
    let logs = ''
    const options = { follow: false, tail: 50, timestamps: false }
    for await (const { data } of await client('tolkewitz').containers.logs(web, options, signal()))
      logs += Buffer.from(data).toString()
    expect(logs).toContain('said')
    const { raw } = await client('tolkewitz').containers.inspect(web, signal())
    expect(raw).toMatchObject({ Name: '/web', Node: { Name: 'tolkewitz' } })

    const gnswarm = fleet().networks.find(({ name }) => name === 'gnswarm')!.id
    const members = (now: Fleet) => now.networks.find(({ id }) => id === gnswarm)!.members.length
    await client('tolkewitz').networks.disconnect(gnswarm, { container: web, force: false }, signal())
    await becomes(opened, (now) => members(now) === 1, 5_000)
    await client('tolkewitz').networks.connect(gnswarm, { containerId: web, aliases: [] }, signal())
    await becomes(opened, (now) => members(now) === 2, 5_000)
    await expect.poll(() => inShell('ping', '-c', '3', '-W', '3', 'web'), patiently).toMatchObject({ exitCode: 0 })
  })

  it('what happens directly at an engine shows at once, and what is removed there is gone', async () => {
    const engine = lab.machine('miltitz')
    await engine.run(
      'docker network create -d overlay short-lived && docker run -d --name direct --network none alpine sleep 1h',
    )
    await becomes(opened, (now) => containersAt(now, 'miltitz').includes('direct'), 5_000)
    await becomes(opened, ({ networks }) => networks.some(({ name }) => name === 'short-lived'), 5_000)
    await engine.run('docker rm -f direct && docker network rm short-lived')
    await becomes(opened, (now) => !containersAt(now, 'miltitz').includes('direct'), 5_000)
    const isGone = ({ networks }: Fleet) => networks.every(({ name }) => name !== 'short-lived')
    if (version !== '1.2.9') {
      // Before 1.2 no event says which network is gone, and the manager lists it until it has looked at all engines.
      await setTimeout(4 * soon.refreshMs)
      opened.service.refresh()
    }
    await becomes(opened, isGone, 5_000)
  })

  it('what cannot be placed is refused before it is sent; what the manager refuses is explained', async () => {
    const run = (...args: readonly string[]) =>
      cli.run('run', '--name', 'nobody', '--network', 'gnswarm', ...args, 'alpine')
    expect((await run('--constraint', 'node==nowhere')).stderr).toContain(
      'No node is called nowhere: there are lindenau, miltitz and tolkewitz',
    )
    expect((await run('--constraint', 'site==west')).stderr).toContain('there are site=north and site=south')
    const refused = (over: Partial<ContainerSpec>) => client('swarm').containers.create(sleeper(over), signal())
    const nowhere = { constraints: ['node==nowhere'], affinities: [] }
    await expect(refused({ placement: nowhere })).rejects.toMatchObject({
      message: expect.stringMatching(/unable to find a node that satisfies/i) as string,
      remedy: expect.stringContaining('No healthy node fulfils the placement') as string,
    })
    await expect(refused({ name: 'web' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(client('swarm').swarm.services(signal())).rejects.toMatchObject({
      code: 'unsupported',
      remedy: expect.stringContaining('classic Swarm manager') as string,
    })
  })

  it('of two networks with one name, that of this ID is removed', async () => {
    const { address } = lab.machine('lindenau')
    const body = JSON.stringify({ Name: 'gnswarm', Driver: 'overlay' })
    const headers = { 'Content-Type': 'application/json' }
    const made = await fetch(`http://${address}:2375/networks/create`, { method: 'POST', body, headers })
    const { Id } = (await made.json()) as { readonly Id: string }
    await becomes(opened, ({ networks }) => networks.some(({ id }) => id === Id), 5_000)
    await client('swarm').networks.remove(Id, signal())
    await becomes(opened, ({ networks }) => networks.filter(({ name }) => name === 'gnswarm').length === 1, 5_000)
    expect(fleet().networks.some(({ id }) => id === Id)).toBe(false)
  })

  it('a container is there once, also where its engine is reached directly and through a replica, too', async () => {
    await using replica = await start(version, { primary: `127.0.0.1:${manager.port}`, hostName: 'lindenau' })
    const direct = ['tolkewitz', 'lindenau'].map((name) => `tcp://${lab.machine(name).address}:2375`)
    const urls = [urlOf(manager), urlOf(replica), ...direct]
    await using all = await CommandLine.to(lab, ...urls.flatMap((url) => ['--host', url]))
    const containers = await all.json<readonly ContainerJson[]>('containers')
    expect(containers.map(({ name, host }) => `${host}/${name}`).sort()).toEqual(['lindenau/shell1', 'tolkewitz/web'])
    const hosts = await all.json<readonly HostJson[]>('hosts')
    expect(
      hosts
        .map(({ classicSwarm }) => classicSwarm && ('role' in classicSwarm ? classicSwarm.role : classicSwarm.kind))
        .sort(),
    ).toEqual(['node', 'node', 'node', 'primary', 'replica'])
  })

  it('a node that is lost is a host that says so, and nothing else waits for it', async () => {
    const mend = await lab.machine('miltitz').faults.stopDockerService()
    try {
      await becomes(opened, (now) => hostOf(now, 'miltitz').state === 'unreachable', 10_000)
      expect(hostOf(fleet(), 'miltitz').failure?.message).toMatch(
        /manager swarm has lost this node: Cannot connect to the Docker daemon at tcp:/,
      )
      expect(['tolkewitz', 'lindenau', 'swarm'].map((name) => hostOf(fleet(), name).state)).toEqual([
        'ready',
        'ready',
        'ready',
      ])
      const { status, stderr } = await cli.run(
        'run',
        '--name',
        'late',
        '--network',
        'gnswarm',
        '--constraint',
        'node==miltitz',
        'alpine',
      )
      expect([status, stderr]).toEqual([2, expect.stringContaining('No healthy node fulfils node==miltitz')])
      const there = placementOn(hostOf(fleet(), 'miltitz'))!
      await expect(
        client('swarm').containers.create(sleeper({ name: 'late', placement: there }), signal()),
      ).rejects.toThrow(/unable to find a node/i)
    } finally {
      await mend()
    }
    await becomes(opened, (now) => hostOf(now, 'miltitz').state === 'ready', 10_000)
  })
})

it('a manager 1.0, which lists no networks of containers, places and tests too, also what has no shell', async () => {
  await using manager = await start('1.0.0')
  await using cli = await CommandLine.to(lab, '--host', urlOf(manager))
  const bare = ['--name', 'bare', '--network', 'gnswarm', '--constraint', 'site==south', 'noshell']
  expect(await runOnStore(cli, ...bare)).toMatchObject({ host: 'miltitz' })
  await expect.poll(async () => (await connectivity(cli)).results, patiently).toEqual(Array(6).fill('pass'))
  const { status, helped } = await connectivity(cli)
  expect(status).toBe(0)
  expect(helped).toMatchObject([{ container: 'bare', host: 'miltitz' }])
  const containers = await cli.json<readonly ContainerJson[]>('containers')
  expect(containers.map(({ name }) => name).sort()).toEqual(['bare', 'shell1', 'web'])
})

it('a connection that a manager gave to an engine stays there, and our own client is not taken in', async () => {
  await using manager = await start('1.2.9')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, path: string, body?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sent = request({ port: manager.port, method, path, agent, headers: { 'Content-Type': 'application/json' } })
      sent.on('error', reject).on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () => resolve(text === '' ? undefined : JSON.parse(text)))
      })
      sent.end(body && JSON.stringify(body))
    })
  try {
    const { Id } = (await ask('POST', '/containers/web/exec', { Cmd: ['true'] })) as { readonly Id: string }
    expect(await ask('GET', '/version')).toMatchObject({ Version: 'swarm/1.2.9' })
    await ask('POST', `/exec/${Id}/start`, { Detach: true })
    expect(await ask('GET', '/version')).toMatchObject({ Version: expect.stringMatching(/^20\.10/) as string })
  } finally {
    agent.destroy()
  }
  await using opened = await openFleetAt(lab, [targetOf(manager)])
  await becomes(opened, (now) => now.hosts.length === 4 && containersAt(now, 'tolkewitz').includes('web'), 20_000)
  const { service } = opened
  const tolkewitz = hostOf(service.fleet, 'tolkewitz')
  const { id } = tolkewitz.engine!.containers.find(({ name }) => name === 'web')!
  const swarm = service.client(hostOf(service.fleet, 'swarm').id)
  for (let i = 0; i < 3; i++) {
    await service.client(tolkewitz.id).containers.exec(id, { command: ['true'], deadlineMs: 10_000 }, signal())
    expect(await swarm.system.info(signal())).toMatchObject({ version: 'swarm/1.2.9' })
  }
})

it('a manager over TLS takes terminals as well', async () => {
  const authority = issueCertificate({ name: 'lab CA' })
  const [server, person] = ['manager', 'person'].map((name) =>
    issueCertificate({ name, issuer: authority, names: ['127.0.0.1'] }),
  )
  const folder = await mkdtemp(join(tmpdir(), 'classic-tls-'))
  const files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  await Promise.all([
    writeFile(files.ca, authority.cert),
    writeFile(files.cert, person!.cert),
    writeFile(files.key, person!.key, { mode: 0o600 }),
  ])
  const tls = { ca: authority.cert, cert: server!.cert, key: server!.key, requestCert: true, rejectUnauthorized: true }
  try {
    await using manager = await start('1.2.9', { tls })
    const endpoint = { kind: 'tls', host: '127.0.0.1', port: manager.port, files } as const
    await using opened = await openFleetAt(lab, [{ ...targetOf(manager), endpoint }])
    await becomes(opened, (now) => now.hosts.length === 4 && containersAt(now, 'lindenau').includes('shell1'), 20_000)
    const { service } = opened
    const lindenau = hostOf(service.fleet, 'lindenau')
    const { id } = lindenau.engine!.containers.find(({ name }) => name === 'shell1')!
    const options = {
      command: ['sh', '-c', 'echo over-$((1+1))'],
      size: { columns: 80, rows: 24 },
      detachKeys: 'ctrl-p,ctrl-q',
    }
    const session = await service.client(lindenau.id).containers.shell(id, options, signal())
    let seen = ''
    for await (const data of session.output) seen += Buffer.from(data).toString()
    expect(seen).toContain('over-2')
    expect(await session.exitCode()).toBe(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})
