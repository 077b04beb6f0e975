import { SwarmNetworksError, describeError } from '../core/errors'
import { joinFleet } from '../core/fleet/join-fleet'
import { serviceSpeakers } from '../core/fleet/join-services'
import { emptyFleet, type Fleet } from '../core/model/fleet'
import type { Host } from '../core/model/host'
import type { Target } from '../core/model/target'
import type { Clock, Disposable, Log, TargetSource } from '../core/ports/environment'
import type { EngineClient, EngineConnector } from '../core/ports/engine'
import { dedupeTargets } from '../core/targets/dedupe-targets'
import type { FleetAccess, HiddenHost } from './fleet-access'
import { ServiceFollower } from './fleet/service-follower'
import { TargetWatcher } from './fleet/target-watcher'

export interface FleetServiceOptions {
  readonly connector: EngineConnector
  /** In order: where two name the same endpoint, the first one's entry counts. */
  readonly sources: readonly TargetSource[]
  readonly clock: Clock
  readonly log: Log
  /** Targets that sources find and that are left out; none where absent. */
  readonly hiddenHosts?: HiddenHosts
}

/** The IDs of targets that the user does not want to see. */
export interface HiddenHosts {
  ids(): readonly string[]
  onDidChange(listener: () => void): Disposable
}

/** How long changes of several hosts are gathered before the fleet is joined anew and published. */
const publishMs = 30

/** The live fleet: a watcher for each target of the sources, joined into one snapshot. Owns its watchers. */
export class FleetService implements FleetAccess {
  readonly #options: FleetServiceOptions
  readonly #watchers = new Map<string, TargetWatcher>()
  readonly #listeners = new Set<() => void>()
  readonly #subscriptions: Disposable[] = []
  readonly #end = new AbortController()
  readonly #follower: ServiceFollower
  #fleet: Fleet = emptyFleet
  #problems: readonly string[] = []
  #hidden: readonly HiddenHost[] = []
  #isStarted = false
  #isRead = false
  #publishing: Disposable | undefined
  #reading: Promise<void> = Promise.resolve()

  constructor(options: FleetServiceOptions) {
    this.#options = options
    this.#follower = new ServiceFollower({ clock: options.clock, read: () => this.#readServices() })
  }

  get fleet(): Fleet {
    return this.#fleet
  }

  get problems(): readonly string[] {
    return this.#problems
  }

  get hidden(): readonly HiddenHost[] {
    return this.#hidden
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const { sources, hiddenHosts } = this.#options
    for (const changing of [...sources, ...(hiddenHosts ? [hiddenHosts] : [])])
      this.#subscriptions.push(changing.onDidChange(() => this.#readSources()))
    this.#readSources()
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  client(hostId: string): EngineClient {
    const host = this.#fleet.hosts.find(({ id }) => id === hostId)
    const client = this.#watchers.get(hostId)?.client ?? this.#clientOfNode(host)
    if (client) return client
    throw notReady(hostId, host)
  }

  noteStoreFailure(hostId: string, message: string): void {
    this.#watchers.get(hostId)?.noteStoreFailure(message)
  }

  refresh(hostId?: string): void {
    if (!this.#isStarted) this.start()
    else if (hostId === undefined) this.#readSources()
    const managerId = this.#fleet.hosts.find(({ id }) => id === hostId)?.classic?.managerId
    for (const [id, watcher] of this.#watchers)
      if (hostId === undefined || id === hostId || id === managerId) watcher.refresh()
  }

  followServices(): Disposable {
    return this.#follower.look()
  }

  async settled(signal: AbortSignal): Promise<void> {
    this.start()
    const isSettled = () =>
      this.#isRead && [...this.#watchers.values()].every(({ snapshot }) => snapshot.state !== 'connecting')
    while (!isSettled()) await this.#nextChange(signal)
    this.publish()
  }

  dispose(): void {
    this.#end.abort()
    this.#publishing?.dispose()
    this.#follower.dispose()
    for (const subscription of this.#subscriptions) subscription.dispose()
    for (const watcher of this.#watchers.values()) watcher.dispose()
    this.#watchers.clear()
    this.#listeners.clear()
  }

  /** A classic Swarm's node is reached through its manager. */
  #clientOfNode(host: Host | undefined): EngineClient | undefined {
    if (host?.classic === undefined || host.state !== 'ready') return undefined
    const { managerId, node } = host.classic
    return this.#watchers.get(managerId)?.client?.onNode?.(node.name)
  }

  /** One reading after the other: a slow one must not overwrite a newer one. */
  #readSources(): void {
    this.#reading = this.#reading
      .then(() => this.#readSourcesOnce())
      .catch((error: unknown) => this.#options.log.error(`Reading the hosts: ${describeError(error)}`))
  }

  async #readSourcesOnce(): Promise<void> {
    if (this.#end.signal.aborted) return
    const readings = await Promise.all(
      this.#options.sources.map(async (source) => {
        try {
          return await source.read(this.#end.signal)
        } catch (error) {
          return { targets: [], problems: [`${source.id}: ${describeError(error)}`] }
        }
      }),
    )
    // `dispose` may have run meanwhile; the watchers made now would have no owner.
    if (this.#end.signal.reason !== undefined) return
    this.#problems = readings.flatMap((reading) => reading.problems)
    for (const problem of this.#problems) this.#options.log.warn(problem)
    // After what leads to the same place is one: whoever hides a host does not want to see it under another name.
    const found = dedupeTargets(readings.flatMap((reading) => reading.targets))
    const ids = this.#options.hiddenHosts?.ids() ?? []
    this.#hidden = ids.map((id) => {
      const target = found.find((candidate) => candidate.id === id)
      return { id, ...(target && { target }) }
    })
    this.#watch(found.filter(({ id }) => !ids.includes(id)))
    this.#isRead = true
    this.#publishSoon()
  }

  #watch(targets: readonly Target[]): void {
    const wanted = new Map(targets.map((target) => [target.id, target]))
    for (const [id, watcher] of this.#watchers) {
      if (isSame(watcher.snapshot.target, wanted.get(id))) continue
      watcher.dispose()
      this.#watchers.delete(id)
    }
    const { connector, clock, log } = this.#options
    for (const target of wanted.values()) {
      if (this.#watchers.has(target.id)) continue
      const watcher = new TargetWatcher(target, {
        ...{ connector, clock, log },
        onChange: () => this.#publishSoon(),
        onTaskEvent: () => this.#follower.announce(),
        onStoreEvent: (event) => {
          for (const other of this.#watchers.values()) if (other !== watcher) other.noteStoreEvent(event)
        },
      })
      this.#watchers.set(target.id, watcher)
      watcher.start()
    }
  }

  #publishSoon(): void {
    this.#publishing ??= this.#options.clock.after(publishMs, () => this.publish())
  }

  /** Joins what is known now; by itself this happens shortly after each change. */
  publish(): void {
    this.#publishing?.dispose()
    this.#publishing = undefined
    this.#fleet = joinFleet(
      [...this.#watchers.values()].map((watcher) => watcher.snapshot),
      this.#options.clock.now(),
    )
    this.#follower.update(this.#fleet.services)
    for (const listener of this.#listeners) listener()
  }

  /** One manager a swarm is enough: all of them would say the same. */
  #readServices(): void {
    for (const { id } of serviceSpeakers(this.#fleet.hosts)) this.#watchers.get(id)?.readServices()
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        subscription.dispose()
        reject(new SwarmNetworksError('cancelled', 'Waiting for the hosts was cancelled', { cause: signal.reason }))
      }
      const subscription = this.onDidChange(() => {
        subscription.dispose()
        signal.removeEventListener('abort', onAbort)
        resolve()
      })
      if (signal.aborted) onAbort()
      else signal.addEventListener('abort', onAbort, { once: true })
    })
  }
}

function isSame(a: Target, b: Target | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function notReady(hostId: string, host: Host | undefined): SwarmNetworksError {
  if (!host) return new SwarmNetworksError('not-found', `The host ${hostId} is no longer in the fleet`)
  if (host.state === 'unknown')
    return new SwarmNetworksError('unreachable', `No way in to ${host.name} is known`, {
      host: host.name,
      remedy: 'Add it with "Add Host…".',
    })
  return new SwarmNetworksError(host.failure?.code ?? 'unreachable', `${host.name} is ${host.state}`, {
    host: host.name,
    remedy: host.failure?.message ?? 'Wait until it is connected, or refresh.',
  })
}
