import { expect } from 'vitest'
import type { Command, CommandContext } from '../../../src/app/commands/command'
import { RootAccess } from '../../../src/app/root/root-access'
import { MachineRuns } from '../../../src/app/machine/machine-runs'
import { RebuildMemory } from '../../../src/app/machine/rebuild-memory'
import { StoredRepairs } from '../../../src/app/repair/repair-memory'
import { Examinations } from '../../../src/app/examinations'
import type { LineFixes } from '../../../src/app/contract/line-fixes'
import type { FleetAccess } from '../../../src/app/fleet-access'
import { TestResults } from '../../../src/app/test-results'
import type { NodeSubject } from '../../../src/app/tree/tree-node'
import { targetFromSetting } from '../../../src/core/targets/target-from-setting'
import { SwarmNetworksError } from '../../../src/core/errors'
import type { Container } from '../../../src/core/model/container'
import type { Fleet } from '../../../src/core/model/fleet'
import type { Host } from '../../../src/core/model/host'
import type { HostSetting } from '../../../src/core/model/host-setting'
import type { Target } from '../../../src/core/model/target'
import type { ContainerDetails, EngineClient, ExecResult, Image, LogChunk } from '../../../src/core/ports/engine'
import type { Log } from '../../../src/core/ports/environment'
import type { TerminalSession } from '../../../src/core/ports/terminal'
import { aContainer, anId, aSwarmOfThree } from '../builders'
import { FakeClock } from './fake-clock'
import { FakePrograms } from './fake-programs'
import { FakeShells } from './fake-shells'
import { FakeStorage } from './fake-storage'
import { noLineFixes } from './no-line-fixes'
import { FakeUi, type Answer } from './fake-ui'

/** A call that reached an engine: `tolkewitz containers.start`, and what it was given besides the signal. */
export interface Call {
  readonly host: string
  readonly name: string
  readonly args: readonly unknown[]
}

export interface WorldOptions {
  readonly fleet?: Fleet
  readonly answers?: readonly Answer[]
  readonly settings?: Partial<Pick<CommandContext['settings'], 'detachKeys' | 'shells' | 'logTail' | 'helper'>>
  readonly hosts?: readonly HostSetting[]
  /** That of another window, for what outlives a restart. */
  readonly storage?: FakeStorage
}

/** Calls that change something, on an engine or in the settings. */
const changing =
  /^(containers\.(create|start|stop|restart|unpause|remove)|networks\.(create|remove|connect|disconnect)|swarm\.(forceUpdate|setAvailability)|images\.pull|settings\.)/

/** Everything that a command can touch: a fleet that stands still, engines that keep what they are asked, a person. */
export class CommandWorld {
  readonly calls: Call[] = []
  readonly ui: FakeUi
  readonly clock = new FakeClock()
  readonly results = new TestResults()
  readonly examinations = new Examinations()
  readonly machineRuns = new MachineRuns()
  lineFixes: LineFixes = noLineFixes
  readonly shells = new FakeShells()
  readonly programs = new FakePrograms()
  /** What a person answers to sudo's question, in order; then nothing. */
  readonly rootPasswords: string[] = []
  /** What the editor keeps beyond a restart. */
  readonly storage: FakeStorage
  readonly logged: string[] = []
  readonly access: FakeAccess
  readonly context: CommandContext
  /** What engines answer with instead of success, by call; `connect` is the connector's. */
  readonly failures = new Map<string, Error>()
  images: readonly Image[] = [
    { id: `sha256:${anId('nginx')}`, tags: ['nginx:latest'] },
    { id: `sha256:${anId('alpine')}`, tags: ['alpine:latest'] },
    { id: `sha256:${anId('dangling')}`, tags: ['<none>:<none>'] },
  ]
  details: Partial<ContainerDetails> = {}
  /** What inspecting a network says besides. */
  networkAnswer: object = {}
  exec: (command: readonly string[]) => ExecResult = () => ({ exitCode: 0, stdout: '', stderr: '' })
  logs: readonly LogChunk[] = []
  /** What a container that was created is listed as. */
  created: Partial<Container> = {}
  warnings: readonly string[] = []

  constructor(options: WorldOptions = {}) {
    const { fleet = aSwarmOfThree(), answers = [], settings = {}, hosts = [], storage = new FakeStorage() } = options
    this.storage = storage
    this.ui = new FakeUi(answers)
    this.access = new FakeAccess(fleet, (host) => this.#client(host.name))
    const log = this.#log()
    this.context = {
      fleet: this.access,
      connector: { connect: (target) => this.#connect(target) },
      shells: this.shells,
      programs: this.programs,
      repairs: new StoredRepairs(this.storage),
      root: new RootAccess({ askRootPassword: () => Promise.resolve(this.rootPasswords.shift()) }),
      targetOf: (setting) => targetFromSetting(setting, hosts.length),
      results: this.results,
      examinations: this.examinations,
      machineRuns: this.machineRuns,
      rebuilds: new RebuildMemory(this.storage),
      lineFixes: {
        of: (line) => this.lineFixes.of(line),
        apply: (address, mend) => this.lineFixes.apply(address, mend),
      },
      certificates: { read: () => [], readOurs: () => Promise.resolve([]) },
      settings: {
        detachKeys: 'ctrl-p,ctrl-q',
        shells: ['bash', 'sh'],
        logTail: 200,
        helper: {},
        dockerMachinePath: 'docker-machine',
        ...settings,
        hosts: () => hosts,
        addHost: (host) => this.#call('settings', 'settings.addHost', [host]),
        removeHost: (name) => this.#call('settings', 'settings.removeHost', [name]),
        replaceHost: (name, host) => this.#call('settings', 'settings.replaceHost', [name, host]),
        hideHosts: (ids) => this.#call('settings', 'settings.hideHosts', [ids]),
        showHosts: (ids) => this.#call('settings', 'settings.showHosts', [ids]),
      },
      ui: this.ui,
      clock: this.clock,
      log,
    }
  }

  /** Runs a command to its end; every answer has to be asked for. */
  async run(command: Command, subject?: NodeSubject): Promise<void> {
    await command.run(this.context, subject)
    expect(this.ui.unused).toEqual([])
  }

  /** The code and the text of what a command throws. */
  async failure(command: Command, subject?: NodeSubject): Promise<SwarmNetworksError> {
    const error: unknown = await command.run(this.context, subject).catch((thrown: unknown) => thrown)
    if (error instanceof SwarmNetworksError) return error
    throw new Error(`Expected one of our errors, got ${String(error)}`, { cause: error })
  }

  named(name: string): readonly Call[] {
    return this.calls.filter((call) => call.name === name)
  }

  /** `tolkewitz containers.start`, in order, of what changes something. */
  get changes(): readonly string[] {
    return this.calls.filter(({ name }) => changing.test(name)).map(({ host, name }) => `${host} ${name}`)
  }

  #connect(target: Target): Promise<EngineClient> {
    this.calls.push({ host: target.name, name: 'connect', args: [target] })
    const failure = this.failures.get('connect')
    return failure === undefined ? Promise.resolve(this.#client('tolkewitz')) : Promise.reject(failure)
  }

  async #call<T>(host: string, name: string, [...args]: readonly unknown[], answer?: T): Promise<T> {
    this.calls.push({ host, name, args })
    await Promise.resolve()
    const failure = this.failures.get(name)
    if (failure !== undefined) throw failure
    return answer as T
  }

  #client(hostName: string): EngineClient {
    const host = this.access.fleet.hosts.find(({ name }) => name === hostName)!
    const call = <T>(name: string, args: readonly unknown[], answer?: T) => this.#call(hostName, name, args, answer)
    const session = (): TerminalSession => ({
      hasTty: true,
      output: toStream([]),
      write: () => undefined,
      resize: () => Promise.resolve(),
      close: () => undefined,
      exitCode: () => Promise.resolve(0),
    })
    return {
      target: host.target!,
      way: { endpoint: host.target!.endpoint, failed: [] },
      apiVersion: '1.41',
      system: {
        info: () => call('system.info', [], host.engine!.info),
        clock: () => call('system.clock', [], undefined),
        events: () => Promise.reject(new Error('not used by commands')),
      },
      containers: {
        list: (_signal, ids) => call('containers.list', [ids], this.#listed(hostName, ids)),
        inspect: (id) => call('containers.inspect', [id], this.#details(hostName, id)),
        create: (spec) => call('containers.create', [spec], { id: anId(spec.name), warnings: this.warnings }),
        createHelper: (spec) => call('containers.createHelper', [spec], { id: anId(`helper-${spec.image}`) }),
        start: (id) => call('containers.start', [id]),
        stop: (id) => call('containers.stop', [id]),
        restart: (id) => call('containers.restart', [id]),
        unpause: (id) => call('containers.unpause', [id]),
        remove: (id, options) => call('containers.remove', [id, options]),
        logs: (id, options) => call('containers.logs', [id, options], toStream(this.logs)),
        exec: (id, { command }) => call('containers.exec', [id, command], this.exec(command)),
        traffic: (id) => call('containers.traffic', [id], []),
        attach: (id, options) => call('containers.attach', [id, options], session()),
        shell: (id, options) => call('containers.shell', [id, options], session()),
      },
      networks: {
        list: () => call('networks.list', [], host.engine!.networks),
        inspect: (id) => call('networks.inspect', [id], { Id: id, Peers: [], ...this.networkAnswer }),
        view: (id) =>
          call('networks.view', [id], {
            ...{ id, name: '', driver: 'overlay' },
            subnets: [],
            peers: [],
            names: [],
            services: [],
          }),
        create: (spec) => call('networks.create', [spec], { id: `new-${spec.name}`, ...this.#warning() }),
        remove: (id) => call('networks.remove', [id]),
        connect: (network, endpoint) => call('networks.connect', [network, endpoint]),
        disconnect: (network, options) => call('networks.disconnect', [network, options]),
      },
      images: {
        list: () => call('images.list', [], this.images),
        pull: (reference, onProgress) => {
          onProgress('Downloading 10 %')
          return call('images.pull', [reference])
        },
      },
      swarm: {
        nodes: () => call('swarm.nodes', [], host.engine!.nodes),
        services: () => call('swarm.services', [], host.engine!.swarmServices?.services ?? []),
        tasks: (filter) => call('swarm.tasks', [filter], host.engine!.swarmServices?.tasks ?? []),
        attachments: () => call('swarm.attachments', [], []),
        inspectService: (id) => call('swarm.inspectService', [id], { ID: id, Spec: {} }),
        forceUpdate: (id) => call('swarm.forceUpdate', [id]),
        setAvailability: (nodeId, availability) => call('swarm.setAvailability', [nodeId, availability]),
        inspectTask: (id) => call('swarm.inspectTask', [id], { ID: id, Status: {} }),
      },
      close: () => void this.calls.push({ host: hostName, name: 'close', args: [] }),
    }
  }

  #warning() {
    const [warning] = this.warnings
    return warning === undefined ? {} : { warning }
  }

  /** What the host has, and what was created on it since. */
  #listed(hostName: string, ids?: readonly string[]): readonly Container[] {
    const old = this.access.fleet.hosts.find(({ name }) => name === hostName)?.engine?.containers ?? []
    const made = this.calls
      .filter(({ host, name }) => host === hostName && name === 'containers.create')
      .map(({ args: [spec] }) => aContainer({ name: (spec as { name: string }).name, ...this.created }))
    return [...old, ...made]
      .filter(({ id }) => ids === undefined || ids.includes(id))
      .map((container) => this.#asConnected(container))
  }

  /** A container with the networks that it was connected to and disconnected from since. */
  #asConnected(container: Container): Container {
    let { attachments } = container
    for (const { name, args } of this.calls) {
      const [network, change] = args as [string, { containerId?: string; container?: string } | undefined]
      if (!name.startsWith('networks.') || (change?.containerId ?? change?.container) !== container.id) continue
      attachments = attachments.filter(({ networkName }) => networkName !== network)
      if (name === 'networks.connect')
        attachments = [...attachments, { networkId: '', networkName: network, aliases: [] }]
    }
    return { ...container, attachments }
  }

  #details(hostName: string, id: string): ContainerDetails {
    const container = this.#listed(hostName, [id])[0]
    return {
      raw: { Id: id, Name: `/${container?.name ?? ''}` },
      hasTty: true,
      isStdinOpen: true,
      isStdinOnce: false,
      isRunning: container?.state === 'running',
      ...this.details,
    }
  }

  /** A log in which nothing may go wrong. */
  #log(): Log {
    const bad = (message: string) => {
      throw new Error(`Logged as an error: ${message}`)
    }
    return {
      debug: () => undefined,
      info: (message) => void this.logged.push(message),
      warn: bad,
      error: bad,
    }
  }
}

class FakeAccess implements FleetAccess {
  readonly problems: readonly string[] = []
  hidden: FleetAccess['hidden'] = []
  readonly isStarted = true
  readonly storeFailures: { readonly hostId: string; readonly message: string }[] = []
  readonly refreshed: (string | undefined)[] = []
  readonly #listeners = new Set<() => void>()
  readonly #client: (host: Host) => EngineClient
  #fleet: Fleet

  constructor(fleet: Fleet, client: (host: Host) => EngineClient) {
    this.#fleet = fleet
    this.#client = client
  }

  get fleet(): Fleet {
    return this.#fleet
  }

  /** The engines' events have come in. */
  set fleet(fleet: Fleet) {
    this.#fleet = fleet
    for (const listener of this.#listeners) listener()
  }

  start(): void {
    // It is there from the beginning.
  }

  noteStoreFailure(hostId: string, message: string): void {
    this.storeFailures.push({ hostId, message })
  }

  onDidChange(listener: () => void) {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  /** How many wait for a change: none may be left behind. */
  get listeners(): number {
    return this.#listeners.size
  }

  client(hostId: string): EngineClient {
    const host = this.#fleet.hosts.find(({ id }) => id === hostId)
    if (host?.engine !== undefined) return this.#client(host)
    throw new SwarmNetworksError('unreachable', host?.failure?.message ?? 'no such host', {
      ...(host !== undefined && { host: host.name }),
    })
  }

  refresh(hostId?: string): void {
    this.refreshed.push(hostId)
  }

  followServices() {
    return { dispose: () => undefined }
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }
}

async function* toStream<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item)
}

export interface LeaveOptions extends WorldOptions {
  readonly subject?: NodeSubject
  readonly answers: readonly Answer[]
  readonly prepare?: (world: CommandWorld) => void
}

/**
 * Runs a command once for every question it asks, leaves at that question, and expects that it ends without a word and
 * without having changed anything.
 *
 * @param options.answers those of a run that goes through; questions after the change are not left here
 */
export async function expectLeavingChangesNothing(command: Command, options: LeaveOptions): Promise<void> {
  const { answers, subject, prepare } = options
  for (let index = 0; index < answers.length; index++) {
    const world = new CommandWorld({ ...options, answers: [...answers.slice(0, index), 'leave'] })
    prepare?.(world)
    await world.run(command, subject)
    expect(world.changes, `left at answer ${index}`).toEqual([])
    expect(world.ui.terminals, `left at answer ${index}`).toEqual([])
    expect(world.ui.documents, `left at answer ${index}`).toEqual([])
    expect(world.access.listeners).toBe(0)
  }
}

export function anEngineError(message = 'the engine said no'): SwarmNetworksError {
  return new SwarmNetworksError('engine-error', message, { status: 500 })
}
