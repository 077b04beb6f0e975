import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createConnector, type OwnedConnector } from '../../src/adapters/create-connector'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { systemClock } from '../../src/adapters/system-clock'
import { describeError } from '../../src/core/errors'
import type { Endpoint, TlsFiles } from '../../src/core/model/target'
import type { ContainerSpec, EngineClient, EngineEvent } from '../../src/core/ports/engine'
import type { TerminalSession } from '../../src/core/ports/terminal'
import { noPrompts } from '../no-prompts'
import { issueCertificate } from '../unit/adapters/docker/certificates'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import type { Machine } from './machines/machine'

const { signal } = new AbortController()
const terminal = { size: { columns: 100, rows: 30 }, detachKeys: 'ctrl-p,ctrl-q' }
const soon = { timeout: 5000, interval: 20 }
/** Tells what this run made from what others made. */
const mark = `adapter-${randomBytes(3).toString('hex')}`

let lab: Lab
let home: string
let connector: OwnedConnector
let made = 0
/** Takes 20 s, nearly all of them waiting: it goes on beside the other tests. */
let vanishing: Promise<{ readonly afterMs: number; readonly error: unknown }>

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  home = await makeHome(lab)
  const quiet = () => undefined
  connector = createConnector({
    machine: { ...thisMachine(), env: {}, home },
    clock: systemClock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    prompts: noPrompts,
  })
  vanishing = vanish(lab.machine('miltitz'))
  // The test that waits for it tells.
  vanishing.catch(() => undefined)
})

afterAll(async () => {
  connector.dispose()
  await rm(home, { recursive: true })
  const remove = `docker ps -aq --filter name=${mark} | xargs -r docker rm -f >/dev/null`
  await Promise.all(lab.machines.map((machine) => machine.run(remove)))
})

function connect(endpoint: Endpoint, name = 'lab'): Promise<EngineClient> {
  return connector.connect({ id: `settings:${name}`, name, endpoint, source: 'settings', isDisabled: false }, signal)
}

async function overSocket(machine: Machine): Promise<EngineClient> {
  return connect({ kind: 'unix', path: await machine.socket() }, machine.name)
}

function overSsh({ address, name }: Machine): Promise<EngineClient> {
  const identityFiles = [lab.description.sshKey]
  return connect({ kind: 'ssh', host: address, user: 'docker-user', identityFiles }, name)
}

/** What a session has written so far. */
function watch(session: TerminalSession) {
  const screen = { text: '', isOver: false, failure: undefined as unknown }
  const decoder = new TextDecoder()
  const read = async () => {
    for await (const chunk of session.output) screen.text += decoder.decode(chunk, { stream: true })
  }
  void read()
    .catch((error: unknown) => (screen.failure = error))
    .finally(() => (screen.isOver = true))
  return {
    screen,
    shows: (text: string | RegExp) => vi.waitFor(() => expect(screen.text).toMatch(text), soon),
    ends: () => vi.waitFor(() => expect(screen.isOver).toBe(true), soon),
  }
}

describe.each([
  { version: '20.10', apiVersion: '1.41', machineName: 'tolkewitz', way: 'a socket', open: overSocket },
  { version: '26.1', apiVersion: '1.45', machineName: 'miltitz', way: 'SSH', open: overSsh },
])('an engine $version over $way', ({ version, apiVersion, machineName, open }) => {
  let machine: Machine
  let engine: EngineClient
  let bridge: string

  beforeAll(async () => {
    machine = lab.machine(machineName)
    engine = await open(machine)
    bridge = (await engine.networks.list(signal)).find(({ name }) => name === 'bridge')!.id
  })

  afterAll(() => engine.close())

  function aSpec(over: Partial<ContainerSpec> = {}): ContainerSpec {
    return {
      name: `${mark}-${made++}`,
      image: 'alpine:latest',
      command: [],
      networkId: bridge,
      aliases: [],
      environment: ['GREETING=größe 🐳'],
      publishedPorts: [],
      labels: {},
      hasTty: true,
      isInteractive: true,
      restart: 'no',
      ...over,
    }
  }

  async function aContainer(over: Partial<ContainerSpec> = {}): Promise<string> {
    const { id } = await engine.containers.create(aSpec(over), signal)
    await engine.containers.start(id, signal)
    return id
  }

  /** With what the API's other clients ask for and we never do, for instance a stdin that is open once. */
  async function byDockerCli(options: string, command: string): Promise<string> {
    const name = `${mark}-${made++}`
    const id = (await machine.run(`docker create ${options} --name ${name} alpine ${command}`)).trim()
    await engine.containers.start(id, signal)
    return id
  }

  const isRunning = async (id: string) => (await engine.containers.inspect(id, signal)).isRunning
  const processes = async (id: string) =>
    (await engine.containers.exec(id, { command: ['ps', '-o', 'args'], deadlineMs: 5000 }, signal)).stdout

  it('agrees on a version and says what it is', async () => {
    expect(engine.apiVersion).toBe(apiVersion)
    const info = await engine.system.info(signal)
    expect(info).toMatchObject({ hostName: machineName, apiVersion, swarm: { state: 'active' } })
    expect(info.version.startsWith(version)).toBe(true)
  })

  it('attaches: size, UTF-8, Ctrl+C, a new size', async () => {
    const session = await engine.containers.attach(await aContainer(), terminal, signal)
    const { shows } = watch(session)
    session.write('stty size; echo "$GREETING" ü\r')
    await shows('30 100\r\n')
    await shows('größe 🐳 ü\r\n')
    await session.resize({ columns: 77, rows: 22 })
    session.write('stty size\r')
    await shows('22 77\r\n')
    session.write('sleep 60; echo not so\r')
    await new Promise((resolve) => setTimeout(resolve, 200))
    session.write('\u0003')
    session.write('echo "after $?"\r')
    await shows('after 130')
    session.close()
  })

  it('leaves a container running, shows its screen to who comes back, detaches by keys, tells the end', async () => {
    const id = await aContainer()
    const first = await engine.containers.attach(id, terminal, signal)
    const left = watch(first)
    await left.shows('# ')
    first.close()
    await left.ends()
    expect(left.screen.failure).toBeUndefined()
    expect(await first.exitCode()).toBeUndefined()

    const second = await engine.containers.attach(id, terminal, signal)
    const detached = watch(second)
    await detached.shows('# ')
    second.write('\u0010\u0011')
    await detached.ends()
    expect(await second.exitCode()).toBeUndefined()
    expect(await isRunning(id)).toBe(true)

    const third = await engine.containers.attach(id, terminal, signal)
    const ended = watch(third)
    third.write('exit 7\r')
    await ended.ends()
    expect(await third.exitCode()).toBe(7)
    await expect(engine.containers.attach(id, terminal, signal)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('leaves a container running whose stdin is open once and a terminal', async () => {
    const id = await byDockerCli('-it', 'sh')
    expect(await engine.containers.inspect(id, signal)).toMatchObject({ hasTty: true, isStdinOnce: true })
    for (const word of ['first', 'second']) {
      const session = await engine.containers.attach(id, terminal, signal)
      session.write(`echo ${word} $((40+2))\r`)
      await watch(session).shows(`${word} 42`)
      session.close()
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await isRunning(id)).toBe(true)
  })

  it('leaves a container running whose stdin is open once and no terminal, by not touching it', async () => {
    const id = await byDockerCli('-i', 'sh -c "echo ready; cat"')
    const session = await engine.containers.attach(id, terminal, signal)
    expect(session.inputClosedReason).toMatch(/only watch/)
    session.close()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await isRunning(id)).toBe(true)
  })

  it('attaches to a container without a terminal', async () => {
    const id = await aContainer({ hasTty: false, command: ['cat'] })
    const session = await engine.containers.attach(id, terminal, signal)
    expect(session.hasTty).toBe(false)
    const { shows } = watch(session)
    session.write('hällo\n')
    await shows('hällo\n')
    session.close()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await isRunning(id)).toBe(true)
  })

  it('opens a shell of the right size, tells its end, and hangs up when it is left', async () => {
    const id = await aContainer({ hasTty: false, isInteractive: false, command: ['sleep', '600'] })
    const first = await engine.containers.shell(id, { ...terminal, command: ['sh'] }, signal)
    const ended = watch(first)
    first.write('stty size; exit 5\r')
    await ended.shows('30 100\r\n')
    await ended.ends()
    expect(await first.exitCode()).toBe(5)

    const second = await engine.containers.shell(id, { ...terminal, command: ['sh'] }, signal)
    const left = watch(second)
    second.write('sleep 123\r')
    await left.shows('sleep 123')
    expect(await processes(id)).toMatch(/^sh$/m)
    second.close()
    await left.ends()
    expect(left.screen.failure).toBeUndefined()
    // A zombie may stay in brackets: the first process here does not collect what it inherits.
    await vi.waitFor(async () => expect(await processes(id)).not.toMatch(/^(sh|sleep 123)$/m), soon)

    const missing = await engine.containers.shell(id, { ...terminal, command: ['no-such-shell'] }, signal)
    const failed = watch(missing)
    await failed.shows('executable file not found')
    await failed.ends()
    expect(await missing.exitCode()).toBe(126)
  })

  it('runs commands', async () => {
    const id = await aContainer()
    const run = (deadlineMs: number, ...command: readonly string[]) =>
      engine.containers.exec(id, { command, deadlineMs }, signal)
    expect(await run(5000, 'sh', '-c', 'echo "$GREETING"; echo warn >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'größe 🐳\n',
      stderr: 'warn\n',
    })
    expect(await run(5000, 'no-such-command')).toMatchObject({ exitCode: 126 })
    await expect(run(500, 'sleep', '5')).rejects.toMatchObject({ code: 'timeout' })
  })

  it('reads logs, from the end, while they are written', async () => {
    const script = 'for i in $(seq 100); do echo out $i; echo err $i >&2; sleep 0.1; done'
    const id = await aContainer({ hasTty: false, isInteractive: false, command: ['sh', '-c', script] })
    const abort = new AbortController()
    const streams = new Set<string>()
    let text = ''
    for await (const { stream, data } of await engine.containers.logs(
      id,
      { follow: true, tail: 2, timestamps: false },
      abort.signal,
    )) {
      streams.add(stream)
      text += Buffer.from(data).toString()
      if (text.includes('out 9\n')) abort.abort()
    }
    expect([...streams].sort()).toEqual(['stderr', 'stdout'])
    let last = ''
    for await (const { data } of await engine.containers.logs(id, { follow: false, tail: 1, timestamps: true }, signal))
      last += Buffer.from(data).toString()
    expect(last).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z (out|err) \d+\n$/)
  })

  it('tells what happens within a second, and opens the stream at once', async () => {
    const seen: EngineEvent[] = []
    const abort = new AbortController()
    const opening = performance.now()
    const events = await engine.system.events(abort.signal)
    expect(performance.now() - opening).toBeLessThan(500)
    const reading = (async () => {
      for await (const event of events) seen.push(event)
    })()
    const { id } = await engine.containers.create(aSpec(), signal)
    const started = performance.now()
    await engine.containers.start(id, signal)
    await vi.waitFor(() => {
      expect(seen).toContainEqual({ kind: 'container', action: 'start', containerId: id })
      expect(seen).toContainEqual({
        ...{ kind: 'network', action: 'connect', driver: 'bridge', networkId: bridge, containerId: id },
      })
    }, soon)
    expect(performance.now() - started).toBeLessThan(2000)
    await engine.containers.remove(id, { force: true }, signal)
    await vi.waitFor(() => {
      expect(seen).toContainEqual({ kind: 'container', action: 'destroy', containerId: id })
    }, soon)
    abort.abort()
    await reading
  })

  it('refuses in words that tell what to do', async () => {
    const spec = aSpec()
    await engine.containers.create(spec, signal)
    await expect(engine.containers.create(spec, signal)).rejects.toMatchObject({ code: 'conflict' })
    await expect(engine.containers.create(aSpec({ image: 'no-such-image:1' }), signal)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(engine.containers.start('no-such-container', signal)).rejects.toMatchObject({ code: 'not-found' })
    await expect(engine.networks.remove('bridge', signal)).rejects.toMatchObject({ code: 'unsupported' })
    const id = await aContainer()
    const attempt = engine.containers.attach(id, { ...terminal, detachKeys: 'ctrl-ü' }, signal)
    await expect(attempt).rejects.toMatchObject({ code: 'invalid-input' })
    // Nothing listens on port 1.
    await expect(engine.images.pull('localhost:1/nothing:1', () => undefined, signal)).rejects.toMatchObject({
      code: 'engine-error',
    })
  })
})

describe('an overlay network', () => {
  it('is made on a manager, joined by its ID on a worker that does not know it, and named there', async () => {
    const manager = await overSocket(lab.manager)
    const worker = await overSocket(lab.machine('miltitz'))
    onTestFinished(() => {
      manager.close()
      worker.close()
    })
    const spec = {
      name: mark,
      subnets: [{ subnet: '10.213.7.0/24', gateway: '10.213.7.1' }],
      isAttachable: true,
      isInternal: false,
      isEncrypted: false,
      mtu: 1400,
      labels: { made: 'here' },
    }
    const { id: networkId } = await manager.networks.create(spec, signal)
    await expect(manager.networks.create(spec, signal)).rejects.toMatchObject({ code: 'conflict' })
    expect(await manager.networks.list(signal, [networkId])).toMatchObject([
      { id: networkId, name: mark, driver: 'overlay', scope: 'swarm', subnets: spec.subnets, labels: spec.labels },
    ])
    expect(await worker.networks.list(signal, [networkId])).toEqual([])

    const web = { name: `${mark}-web`, image: 'nginx:latest', command: [], networkId, aliases: ['www'] }
    const rest = { environment: [], labels: {}, hasTty: false, isInteractive: false, restart: 'no' } as const
    const publishedPorts = [{ containerPort: 80, protocol: 'tcp' as const }]
    const { id } = await worker.containers.create({ ...web, ...rest, publishedPorts }, signal)
    const listed = async () => (await worker.containers.list(signal, [id]))[0]!
    expect((await listed()).attachments).toEqual([{ networkId, networkName: networkId, aliases: [] }])
    await worker.containers.start(id, signal)
    expect((await listed()).attachments).toMatchObject([
      { networkId, networkName: mark, address: expect.stringMatching(/^10\.213\.7\./) as string },
    ])
    expect((await listed()).ports).toMatchObject([{ privatePort: 80, publicPort: expect.any(Number) as number }])
    expect(await worker.networks.inspect(networkId, signal)).toHaveProperty('Services')

    await worker.containers.stop(id, signal)
    // Docker 26 answers the stop a moment before its list knows of it.
    await vi.waitFor(async () => {
      expect((await listed()).attachments).toEqual([{ networkId, networkName: mark, aliases: [] }])
    }, soon)
    await worker.containers.remove(id, { force: true }, signal)
    await vi.waitFor(() => manager.networks.remove(networkId, signal), { timeout: 10_000, interval: 200 })
  })

  it('is not made on a worker, which does not list nodes either', async () => {
    const worker = await overSocket(lab.machine('miltitz'))
    onTestFinished(() => worker.close())
    const spec = { name: mark, subnets: [], isAttachable: true, isInternal: false, isEncrypted: false, labels: {} }
    await expect(worker.networks.create(spec, signal)).rejects.toMatchObject({ code: 'not-a-manager' })
    await expect(worker.swarm.nodes(signal)).rejects.toMatchObject({ code: 'not-a-manager' })
  })
})

describe('TLS, as Go speaks it', () => {
  let port: number
  let host: string
  let good: TlsFiles

  beforeAll(() => {
    const url = new URL(lab.machine('lindenau').description.tcpUrl!)
    host = url.hostname
    port = Number(url.port)
    const { tls } = lab.description
    good = { ca: join(tls, 'ca.pem'), cert: join(tls, 'cert.pem'), key: join(tls, 'key.pem') }
  })

  async function failure(files: TlsFiles): Promise<{ code: string; text: string }> {
    const error: unknown = await connect({ kind: 'tls', host, port, files }, 'lindenau').then(
      () => new Error('connected'),
      (reason: unknown) => reason,
    )
    return { code: (error as { code: string }).code, text: describeError(error) }
  }

  /** A certificate of an authority that the engine does not know, or an authority that did not sign the engine's. */
  async function aStranger(): Promise<{ readonly cert: string; readonly key: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'lab-tls-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const stranger = issueCertificate({ name: 'a stranger' })
    const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
    await Promise.all([writeFile(paths.cert, stranger.cert), writeFile(paths.key, stranger.key)])
    return paths
  }

  it('connects', async () => {
    const engine = await connect({ kind: 'tls', host, port, files: good }, 'lindenau')
    expect(await engine.system.info(signal)).toMatchObject({ hostName: 'lindenau' })
    engine.close()
  })

  it('tells when the engine wants a certificate', async () => {
    const { code, text } = await failure({ ca: good.ca! })
    expect(code).toBe('unauthorized')
    expect(text).toContain('has no client certificate')
  })

  it('tells when the engine refuses ours', async () => {
    const { code, text } = await failure({ ca: good.ca!, ...(await aStranger()) })
    expect(code).toBe('unauthorized')
    expect(text).toContain('CN=a stranger')
  })

  it('tells when we do not trust the engine’s', async () => {
    const { code, text } = await failure({ ...good, ca: (await aStranger()).cert })
    expect(code).toBe('certificate')
    expect(text).toContain('The certificate there is CN=lindenau')
  })

  it('is told to one who speaks plainly', async () => {
    await expect(connect({ kind: 'tcp', host, port }, 'lindenau')).rejects.toMatchObject({
      code: 'protocol',
      remedy: expect.stringMatching(/The port speaks TLS/) as string,
    })
  })
})

describe('an engine that is lost', () => {
  it('ends what streams from it when dockerd is killed', async () => {
    const machine = lab.machine('lindenau')
    const engine = await overSocket(machine)
    const id = (await machine.run(`docker run -d -t -i --name ${mark}-${made++} alpine`)).trim()
    const session = await engine.containers.attach(id, terminal, signal)
    const { ends } = watch(session)
    const events = await engine.system.events(signal)
    const lost = expect(followToTheEnd(events)).rejects.toMatchObject({ code: 'unreachable', host: 'lindenau' })
    const killed = performance.now()
    const undo = await machine.faults.killDockerd()
    await lost
    await ends()
    expect(performance.now() - killed).toBeLessThan(5000)
    engine.close()
    await undo()
  })

  it('is noticed within half a minute when the host vanishes without a word', async () => {
    const { afterMs, error } = await vanishing
    expect(error).toMatchObject({ code: 'unreachable', host: 'miltitz' })
    expect(afterMs).toBeLessThan(30_000)
  })
})

/** Cuts the TCP port of a machine's engine off while an event stream is open over it, until that is noticed. */
async function vanish(machine: Machine): Promise<Awaited<typeof vanishing>> {
  const { hostname, port } = new URL(machine.description.tcpUrl!)
  const engine = await connect({ kind: 'tcp', host: hostname, port: Number(port) }, machine.name)
  const events = await engine.system.events(signal)
  const start = performance.now()
  const lost = followToTheEnd(events).catch((error: unknown) => error)
  // Both ways: what the engine sends again and again would be a sign of life.
  const rule = `-p tcp -m multiport --ports ${port} -m comment --comment lab-fault-${mark} -j DROP`
  await machine.run(`iptables -I INPUT ${rule} && iptables -I OUTPUT ${rule}`)
  try {
    return { error: await lost, afterMs: performance.now() - start }
  } finally {
    await machine.run(`iptables -D INPUT ${rule} && iptables -D OUTPUT ${rule}`)
    engine.close()
  }
}

async function followToTheEnd(events: AsyncIterable<EngineEvent>): Promise<never> {
  const iterator = events[Symbol.asyncIterator]()
  while (!(await iterator.next()).done) continue
  throw new Error('the stream ended without an error')
}
