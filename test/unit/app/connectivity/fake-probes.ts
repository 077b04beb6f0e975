import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Fleet } from '../../../../src/core/model/fleet'
import type { Service, Task } from '../../../../src/core/model/service'
import type { EngineClient, ExecOptions, ExecResult, HelperSpec } from '../../../../src/core/ports/engine'
import type { FleetAccess } from '../../../../src/app/fleet-access'

/** One target as a probe script names it. */
export interface AskedTarget {
  readonly index: string
  readonly name: string
  readonly address: string
  readonly ports: readonly string[]
}

/** One exec that was asked for. */
export interface Exec {
  readonly hostId: string
  readonly containerId: string
  readonly options: ExecOptions
  readonly targets: readonly AskedTarget[]
  /** Names that are no container’s, and the addresses that are tried with them. */
  readonly further: readonly AskedTarget[]
  readonly signal: AbortSignal
}

/**
 * The lines of a probe that found all its targets well.
 *
 * @param addresses what further names lead to; of others nothing is said
 */
export function allWell({ targets, further }: Exec, addresses: Readonly<Record<string, string>> = {}): string {
  const print = (...fields: readonly string[]) => `${['@probe', ...fields].join('\t')}\n`
  const lines = targets.map(({ index, name, address, ports }) =>
    [
      print(index, 'name', '-', '0', '10', `getent ${address} STREAM ${name}`),
      print(index, 'icmp', '-', '0', '', '1 packets transmitted, 1 packets received time=0.5 ms'),
      ...ports.map((port) => print(index, 'tcp', port, '0', '10', 'nc ')),
      ...ports.map((port) => print(index, 'http', port, '0', '10', 'HTTP/1.1 200 OK')),
    ].join(''),
  )
  const more = further
    .filter(({ name }) => addresses[name] !== undefined)
    .flatMap(({ index, name, ports }) => [
      print(index, 'name', '-', '0', '10', `getent ${addresses[name] ?? ''}`),
      ...ports.map((port) => print(index, 'tcp', port, '0', '10', 'nc ')),
    ])
  return [...lines, ...more, print('-', 'end', '-', '0', '', '')].join('')
}

/** A fleet whose containers answer execs as a test says. */
export class FakeProbes implements FleetAccess {
  readonly problems = []
  readonly hidden = []
  readonly isStarted = true
  readonly execs: Exec[] = []
  /** What was done to helpers, in order. */
  readonly done: string[] = []
  /** The images of every host. */
  tags = ['busybox:latest']
  /** What inspecting a container gives, by its ID, and how often that was asked. */
  inspections = new Map<string, unknown>()
  inspected = 0
  /** What managers say, and what inspecting any network gives. */
  services: readonly Service[] = []
  tasks: readonly Task[] = []
  bridge: unknown = {}
  /** How many run now, by host, and the most there were. */
  readonly running = new Map<string, number>()
  readonly most = { atAHost: 0, hosts: 0 }
  fleet: Fleet
  answer: (exec: Exec) => Promise<Partial<ExecResult>> | Partial<ExecResult> = (exec) => ({ stdout: allWell(exec) })

  constructor(fleet: Fleet) {
    this.fleet = fleet
  }

  start(): void {
    // It is there from the beginning.
  }

  noteStoreFailure(): void {
    throw new Error('not used by tests')
  }

  client(hostId: string): EngineClient {
    const host = this.fleet.hosts.find(({ id }) => id === hostId)
    if (!host?.engine) throw new SwarmNetworksError('unreachable', 'It is away', { host: host?.name ?? hostId })
    const exec = (containerId: string, options: ExecOptions, signal: AbortSignal) =>
      this.#exec({
        hostId,
        containerId,
        options,
        targets: targetsOf(options, 'target'),
        further: targetsOf(options, 'further'),
        signal,
      })
    const note = (...done: readonly string[]) => {
      this.done.push(done.join(' '))
      return Promise.resolve()
    }
    const containers = {
      exec,
      inspect: (id: string) => {
        this.inspected += 1
        return Promise.resolve({ raw: this.inspections.get(id) })
      },
      createHelper: ({ image, containerId }: HelperSpec) =>
        note('create', image).then(() => ({ id: `helper of ${containerId}` })),
      start: (id: string) => note('start', id),
      remove: (id: string, { force }: { readonly force: boolean }) => note('remove', String(force), id),
    }
    const images = { list: () => Promise.resolve(this.tags.map((tag) => ({ id: tag, tags: [tag] }))) }
    const swarm = { services: () => Promise.resolve(this.services), tasks: () => Promise.resolve(this.tasks) }
    const networks = { inspect: () => Promise.resolve(this.bridge) }
    return { containers, images, swarm, networks } as unknown as EngineClient
  }

  onDidChange() {
    return { dispose: () => undefined }
  }

  refresh(): void {
    throw new Error('A test has no reason to ask for this')
  }

  followServices() {
    return { dispose: () => undefined }
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }

  async #exec(exec: Exec): Promise<ExecResult> {
    this.execs.push(exec)
    const running = (this.running.get(exec.hostId) ?? 0) + 1
    this.running.set(exec.hostId, running)
    this.most.atAHost = Math.max(this.most.atAHost, running)
    this.most.hosts = Math.max(this.most.hosts, [...this.running.values()].filter((n) => n > 0).length)
    try {
      return { exitCode: 0, stdout: '', stderr: '', ...(await this.answer(exec)) }
    } finally {
      this.running.set(exec.hostId, (this.running.get(exec.hostId) ?? 1) - 1)
    }
  }
}

function targetsOf({ command }: ExecOptions, kind: 'target' | 'further'): readonly AskedTarget[] {
  const [shell, option, script = ''] = command
  if (shell !== 'sh' || option !== '-c') throw new Error(`Not a shell: ${command.slice(0, 2).join(' ')}`)
  if (kind === 'further')
    return [...script.matchAll(/^further (\d+) (\S+) ahosts(?:v4)? (\S+) '?([^'\n]*)'?$/gm)].map(
      ([, index = '', name = '', address = '', ports = '']) => ({
        ...{ index, name, address: address === "''" ? '' : address },
        ports: ports.split(' ').filter((port) => port !== ''),
      }),
    )
  return [...script.matchAll(/^target (\d+) (\S+) ahosts(?:v4)? (\S+) '?([^'\n]*)'?$/gm)].map(
    ([, index = '', name = '', address = '', ports = '']) => ({
      index,
      name,
      address,
      ports: [...ports.matchAll(/(\d+):/g)].map(([, port = '']) => port),
    }),
  )
}
