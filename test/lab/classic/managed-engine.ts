import { setTimeout } from 'node:timers/promises'
import { JSONParser } from '@streamparser/json'
import { EngineApi, EngineRefusal } from './engine-api'
import { InOrder } from './in-order'

/** A record of an engine's API, as it came. */
export type Raw = Readonly<Record<string, unknown>>

/** What an engine says of itself, as far as a manager uses it. */
export interface EngineInfo {
  readonly ID: string
  readonly Name: string
  readonly NCPU: number
  readonly MemTotal: number
  readonly KernelVersion: string
  readonly OperatingSystem: string
  readonly OSType: string
  readonly Driver: string
  readonly ServerVersion: string
  readonly Labels: readonly string[] | null
}

export interface ListedContainer extends Raw {
  readonly Id: string
  readonly Names: readonly string[]
  readonly Image: string
  readonly State: string
  readonly Status: string
  readonly Created: number
  readonly Labels: Readonly<Record<string, string>> | null
}

export interface ListedNetwork extends Raw {
  readonly Id: string
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  readonly Containers: Readonly<Record<string, unknown>> | null
}

export interface EngineEvent extends Raw {
  readonly status?: string
  readonly id?: string
  readonly from?: string
  readonly Type?: string
  readonly Action?: string
  readonly Actor?: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly time: number
  readonly timeNano: number
}

/** What a container has reserved of its engine. */
interface Reserved {
  readonly cpus: number
  readonly memory: number
}

export interface EngineOptions {
  /** The version in which the manager speaks to engines, for instance `1.24`. */
  readonly apiVersion: string
  /** Milliseconds between two looks at an engine on which nothing happens. */
  readonly refreshMs: number
  /** How many looks in a row have to fail before the engine counts as lost. */
  readonly failureRetries: number
  readonly onEvent: (engine: ManagedEngine, event: EngineEvent) => void
  /** `engine_connect`, `engine_disconnect`, `engine_reconnect`. */
  readonly onState: (engine: ManagedEngine, action: string) => void
}

/** What a manager keeps of one of its engines: read at the start, after events of that engine, and from time to time. */
export class ManagedEngine {
  readonly api: EngineApi
  status: 'Pending' | 'Healthy' | 'Unhealthy' = 'Pending'
  error = ''
  updatedAt = new Date()
  info: EngineInfo | undefined
  containers: readonly ListedContainer[] = []
  networks: readonly ListedNetwork[] = []
  images: readonly Raw[] = []
  volumes: readonly Raw[] = []
  readonly #options: EngineOptions
  readonly #end = new AbortController()
  readonly #reserved = new Map<string, Reserved>()
  readonly #containerLists = new InOrder()
  readonly #networkLists = new InOrder()
  /** IDs of removed networks, which nothing has again: an engine lists them a moment longer, or said so a moment ago. */
  readonly #forgotten = new Set<string>()
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #refreshing: Promise<void> = Promise.resolve()

  constructor(address: string, options: EngineOptions) {
    this.api = new EngineApi(address)
    this.#options = options
  }

  get name(): string {
    return this.info?.Name ?? '(unknown)'
  }

  get ip(): string {
    return this.api.address.replace(/:.*/, '')
  }

  get isHealthy(): boolean {
    return this.status === 'Healthy'
  }

  /** As `/info` lists them: what the engine was started with, and what the manager says of every engine. */
  labels(hasExecutionDriver: boolean): Readonly<Record<string, string>> {
    const { info } = this
    if (info === undefined) return {}
    const own = Object.fromEntries((info.Labels ?? []).map((label) => label.split('=') as [string, string]))
    const {
      KernelVersion: kernelversion,
      OperatingSystem: operatingsystem,
      OSType: ostype,
      Driver: storagedriver,
    } = info
    const more = hasExecutionDriver ? { executiondriver: '<not supported>' } : { ostype }
    const all = { ...own, ...more, kernelversion, operatingsystem, storagedriver }
    return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  get reserved(): Reserved {
    const all = this.containers.map(({ Id }) => this.#reserved.get(Id) ?? { cpus: 0, memory: 0 })
    return {
      cpus: all.reduce((sum, { cpus }) => sum + cpus, 0),
      memory: all.reduce((sum, { memory }) => sum + memory, 0),
    }
  }

  /** Resolves after the first look, whatever came of it. */
  async start(): Promise<void> {
    await this.refresh()
    this.#schedule()
  }

  /** Looks at the engine anew. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#look())
    return this.#refreshing
  }

  /** Looks at the engine anew until it lists a network that it has just made. */
  async refreshWith(networkId: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.refresh()
      if (this.networks.some(({ Id }) => Id === networkId)) return
      await setTimeout(100)
    }
  }

  /** The path with the version in which the manager speaks to engines. */
  path(path: string): string {
    return `/v${this.#options.apiVersion}${path}`
  }

  /** Takes a network out of the books; a manager does so for all engines when it removes a global one. */
  forgetNetwork(id: string): void {
    this.#forgotten.add(id)
    this.networks = this.networks.filter(({ Id }) => Id !== id)
  }

  close(): void {
    this.#end.abort()
    clearTimeout(this.#timer)
    this.api.close()
  }

  #schedule(): void {
    if (this.#end.signal.aborted) return
    this.#timer = globalThis.setTimeout(() => void this.refresh().then(() => this.#schedule()), this.#options.refreshMs)
  }

  async #look(): Promise<void> {
    const before = this.status
    try {
      const info = await this.#get<EngineInfo>('/info')
      this.info = info
      await Promise.all([this.#readContainers(), this.readNetworks(), this.#readImages(), this.#readVolumes()])
      this.#failures = 0
      this.error = ''
      this.updatedAt = new Date()
      if (before === 'Healthy' || this.#end.signal.aborted) return
      await this.#follow()
      this.status = 'Healthy'
      this.#options.onState(this, before === 'Pending' ? 'engine_connect' : 'engine_reconnect')
    } catch (error) {
      if (this.#end.signal.aborted) return
      this.#failures += 1
      this.error = error instanceof EngineRefusal ? error.message : cannotConnect(this.api.address)
      this.updatedAt = new Date()
      if (before !== 'Healthy' || this.#failures < this.#options.failureRetries) return
      this.status = 'Unhealthy'
      this.#options.onState(this, 'engine_disconnect')
    }
  }

  /** Follows the engine's events; resolves once it accepted that. */
  async #follow(): Promise<void> {
    const stream = await this.api.open({ path: this.path('/events'), signal: this.#end.signal })
    const parser = new JSONParser({ separator: '', paths: ['$'] })
    parser.onValue = ({ value }) => void this.#take(value as unknown as EngineEvent)
    stream
      .on('data', (data: Buffer) => parser.write(data))
      .on('error', () => undefined)
      .on('close', () => void (this.#end.signal.aborted || this.refresh()))
  }

  /** A manager tells of what happened once its own books are in order. */
  async #take(event: EngineEvent): Promise<void> {
    try {
      if (event.Type === 'network') {
        await this.readNetworks()
        await this.#readConnected(event)
      } else if (event.Type === 'container') {
        if (event.Action === 'update') this.#reserved.delete(event.id ?? '')
        await this.#readContainers()
      } else if (event.Type === 'image') await this.#readImages()
      else if (event.Type === 'volume') await this.#readVolumes()
    } catch {
      // The engine is going: the next look says so.
    }
    this.#options.onEvent(this, event)
  }

  /** An engine announces that a container joined a network a moment before it lists it there. */
  async #readConnected({ Action, Actor }: EngineEvent): Promise<void> {
    const { container, name = '' } = Actor?.Attributes ?? {}
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.#readContainers()
      const settings = this.containers.find(({ Id }) => Id === container)?.['NetworkSettings']
      const networks = (settings as { readonly Networks?: object } | undefined)?.Networks
      if (Action !== 'connect' || networks === undefined || name in networks) return
      await setTimeout(50)
    }
  }

  async #readContainers(): Promise<void> {
    const path = '/containers/json?all=1'
    await this.#containerLists.read(
      () => this.#get<readonly ListedContainer[]>(path),
      (listed) => (this.containers = listed),
    )
    for (const { Id } of this.containers) if (!this.#reserved.has(Id)) await this.#readReserved(Id)
  }

  async #readReserved(id: string): Promise<void> {
    const answer = await this.api.ask({ path: this.path(`/containers/${id}/json`) })
    if (answer.status !== 200) return
    const { HostConfig } = JSON.parse(answer.body.toString()) as { HostConfig: { CpuShares: number; Memory: number } }
    this.#reserved.set(id, { cpus: HostConfig.CpuShares, memory: HostConfig.Memory })
  }

  /**
   * Asks the engine for its networks. While the store is slow an engine lists fewer than there are: a list that lacks
   * a network which it had is asked for once more.
   */
  async readNetworks(): Promise<void> {
    const ask = () => this.#get<readonly ListedNetwork[]>('/networks')
    await this.#networkLists.read(
      async () => {
        const listed = await ask()
        const ids = new Set(listed.map(({ Id }) => Id))
        if (this.networks.every(({ Id }) => ids.has(Id))) return listed
        await setTimeout(100)
        return await ask()
      },
      (listed) => (this.networks = listed.filter(({ Id }) => !this.#forgotten.has(Id))),
    )
  }

  async #readImages(): Promise<void> {
    this.images = await this.#get('/images/json')
  }

  async #readVolumes(): Promise<void> {
    const { Volumes } = await this.#get<{ readonly Volumes: readonly Raw[] | null }>('/volumes')
    this.volumes = Volumes ?? []
  }

  #get<T>(path: string): Promise<T> {
    return this.api.json<T>({
      path: this.path(path),
      signal: AbortSignal.any([this.#end.signal, AbortSignal.timeout(5_000)]),
    })
  }
}

/** In the words of Docker's client library. */
export function cannotConnect(address: string): string {
  return `Cannot connect to the Docker daemon at tcp://${address}. Is the docker daemon running?`
}
