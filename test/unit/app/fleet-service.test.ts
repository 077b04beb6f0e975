import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FleetService } from '../../../src/app/fleet-service'
import { SwarmNetworksError } from '../../../src/core/errors'
import type { Target } from '../../../src/core/model/target'
import type { Log, TargetSource } from '../../../src/core/ports/environment'
import { FakeClock, settle } from '../fakes/fake-clock'
import { FakeConnector, FakeEngine } from '../fakes/fake-engine'
import { sampleContainer, sampleEngine, sampleNetwork, sampleNode, sampleTarget } from '../fakes/samples'

class FakeSource implements TargetSource {
  readonly id = 'settings'
  targets: readonly Target[]
  #listener: () => void = () => undefined

  constructor(targets: readonly Target[]) {
    this.targets = targets
  }

  read() {
    return Promise.resolve({ targets: this.targets, problems: [] })
  }

  onDidChange(listener: () => void) {
    this.#listener = listener
    return { dispose: () => (this.#listener = () => undefined) }
  }

  set(targets: readonly Target[]): void {
    this.targets = targets
    this.#listener()
  }
}

const warnings: string[] = []
const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void warnings.push(message),
  error: (message) => {
    throw new Error(message)
  },
}

let clock: FakeClock
let tolkewitz: FakeEngine
let lindenau: FakeEngine
let source: FakeSource
let service: FleetService

beforeEach(() => {
  warnings.length = 0
  clock = new FakeClock()
  tolkewitz = new FakeEngine(
    sampleEngine('tolkewitz', {
      nodes: [sampleNode('tolkewitz', { role: 'manager' }), sampleNode('lindenau')],
      networks: [sampleNetwork('gnswarm')],
    }),
  )
  lindenau = new FakeEngine(sampleEngine('lindenau', { containers: [sampleContainer('web')] }))
  source = new FakeSource([sampleTarget('tolkewitz'), sampleTarget('lindenau')])
  service = new FleetService({ connector: new FakeConnector({ tolkewitz, lindenau }), sources: [source], clock, log })
})

/** Starts the service and lets every host connect or fail. */
async function begin(): Promise<void> {
  service.start()
  await clock.advance(100)
}

afterEach(() => service.dispose())

function states(): readonly (readonly [string, string])[] {
  return service.fleet.hosts.map(({ name, state }) => [name, state] as const)
}

function host(name: string) {
  return service.fleet.hosts.find((candidate) => candidate.name === name)!
}

describe('FleetService', () => {
  it('connects every target and publishes one fleet', async () => {
    await begin()
    expect(states()).toEqual([
      ['lindenau', 'ready'],
      ['tolkewitz', 'ready'],
    ])
    expect(host('lindenau').role).toBe('worker')
  })

  it('shows a target without a way in with its reason, and does not try it', async () => {
    const reason = 'It has no address yet.'
    source.targets = [{ ...sampleTarget('tolkewitz'), endpoint: { kind: 'none', reason } }]
    await begin()
    await service.settled(new AbortController().signal)
    await clock.advance(60_000)
    expect(tolkewitz.calls).toEqual([])
    expect(host('tolkewitz')).toMatchObject({ state: 'unreachable', via: '', failure: { message: reason } })
    expect(host('tolkewitz').failure).not.toHaveProperty('nextTryAt')
    source.set([sampleTarget('tolkewitz')])
    await clock.advance(100)
    expect(host('tolkewitz').state).toBe('ready')
  })

  it('neither shows nor connects to what is hidden, under no other name either, until it is shown again', async () => {
    let ids: readonly string[] = ['context:l', 'docker-machine:gone']
    let changed: () => void = () => undefined
    const hiddenHosts = {
      ids: () => ids,
      onDidChange: (listener: () => void) => {
        changed = listener
        return { dispose: () => undefined }
      },
    }
    const { endpoint } = sampleTarget('lindenau')
    const context = sampleTarget('lindenau', { id: 'context:l', source: 'context' })
    const machine = sampleTarget('l', { id: 'docker-machine:l', source: 'docker-machine', endpoint })
    source.targets = [context, machine]
    const connector = new FakeConnector({ tolkewitz, lindenau })
    service = new FleetService({ connector, sources: [source], clock, log, hiddenHosts })
    await begin()
    expect(states()).toEqual([])
    expect(lindenau.calls).toEqual([])
    expect(service.hidden).toEqual([{ id: 'context:l', target: context }, { id: 'docker-machine:gone' }])
    ids = []
    changed()
    await clock.advance(100)
    expect(states()).toEqual([['lindenau', 'ready']])
    expect(service.hidden).toEqual([])
    ids = ['context:l']
    changed()
    await clock.advance(100)
    expect(states()).toEqual([])
  })

  it('keeps how far a host got that cannot be connected to', async () => {
    lindenau.failure = new SwarmNetworksError('unauthorized', 'no key', { step: 'authentication' })
    await begin()
    const { failure } = host('lindenau')
    expect(failure?.steps?.find(({ outcome }) => outcome === 'failed')?.label).toBe('Log in')
  })

  it('opens the event stream before it reads, so that nothing between is missed', async () => {
    await begin()
    expect(lindenau.calls.slice(0, 2)).toEqual(['connect', 'events'])
  })

  it('asks nothing while nothing happens', async () => {
    await begin()
    const before = [tolkewitz.calls.length, lindenau.calls.length]
    await clock.advance(3_600_000)
    expect([tolkewitz.calls.length, lindenau.calls.length]).toEqual(before)
    expect(clock.pending).toBe(0)
  })

  describe('with a key-value store', () => {
    const global = (name: string) => sampleNetwork(name, { scope: 'global' })
    const attachments = [{ networkId: global('gnswarm').id, networkName: 'gnswarm', aliases: [] }]
    const withStore = (name: string, over: Parameters<typeof sampleEngine>[1] = {}) => {
      const engine = sampleEngine(name, over)
      const swarm = { state: 'inactive', isManager: false } as const
      return new FakeEngine({
        ...engine,
        info: { ...engine.info, swarm, clusterStore: 'etcd://198.18.0.9:2379', clusterAdvertise: `${name}:2376` },
      })
    }
    const listed = (name: string) =>
      host(name)
        .engine?.networks.filter((n) => n.isUnlisted !== true)
        .map((n) => n.name)

    beforeEach(() => {
      service.dispose()
      tolkewitz = withStore('tolkewitz')
      lindenau = withStore('lindenau', {
        networks: [global('gnswarm')],
        containers: [sampleContainer('web', { attachments })],
      })
      service = new FleetService({
        connector: new FakeConnector({ tolkewitz, lindenau }),
        sources: [source],
        clock,
        log,
      })
    })

    it('asks the others about a network that one engine has made or removed: nobody else announces it', async () => {
      await begin()
      const made = global('made')
      for (const engine of [tolkewitz, lindenau])
        engine.snapshot = { ...engine.snapshot, networks: [global('gnswarm'), made] }
      tolkewitz.emit({ kind: 'network', action: 'create', networkId: made.id, driver: 'overlay' })
      await clock.advance(200)
      expect(listed('lindenau')).toEqual(['gnswarm', 'made'])
      for (const engine of [tolkewitz, lindenau])
        engine.snapshot = { ...engine.snapshot, networks: [global('gnswarm')] }
      lindenau.emit({ kind: 'network', action: 'destroy', networkId: made.id, driver: 'overlay' })
      await clock.advance(200)
      expect(listed('tolkewitz')).toEqual(['gnswarm'])
    })

    it('asks nobody else about what is one engine’s own, or known already', async () => {
      await begin()
      const before = lindenau.calls.length
      tolkewitz.emit({ kind: 'network', action: 'create', networkId: 'bridge-1', driver: 'bridge' })
      tolkewitz.emit({ kind: 'network', action: 'connect', networkId: global('gnswarm').id, driver: 'overlay' })
      await clock.advance(200)
      expect(lindenau.calls.length).toBe(before)
    })

    it('keeps what containers run on while the store is silent, and asks again until it answers', async () => {
      await begin()
      lindenau.snapshot = { ...lindenau.snapshot, networks: [] }
      lindenau.emit({ kind: 'container', action: 'start', containerId: 'id-web' })
      await clock.advance(200)
      expect(service.fleet.networks.find(({ name }) => name === 'gnswarm')?.members).toHaveLength(1)
      expect(host('lindenau').findings).toMatchObject([{ cause: 'cluster-store-down' }])
      const before = lindenau.calls.length
      await clock.advance(60_000)
      expect(lindenau.calls.slice(before).every((call) => call === 'networks')).toBe(true)
      expect(lindenau.calls.length - before).toBeLessThan(10)
      lindenau.snapshot = { ...lindenau.snapshot, networks: [global('gnswarm')] }
      await clock.advance(16_000)
      expect(host('lindenau').findings).toBeUndefined()
      const quiet = lindenau.calls.length
      await clock.advance(3_600_000)
      expect(lindenau.calls.length).toBe(quiet)
    })

    it('keeps the engine’s words until it lists a network of the store', async () => {
      await begin()
      service.noteStoreFailure('settings:tolkewitz', 'etcd cluster is unavailable')
      await clock.advance(200)
      expect(host('tolkewitz').findings?.[0]?.evidence[0]).toBe('The engine says: “etcd cluster is unavailable”.')
      tolkewitz.snapshot = { ...tolkewitz.snapshot, networks: [global('gnswarm')] }
      service.refresh('settings:tolkewitz')
      await clock.advance(200)
      expect(host('tolkewitz').findings).toBeUndefined()
    })
  })

  it('reads again only what an event names, once for a burst', async () => {
    await begin()
    lindenau.calls.length = 0
    lindenau.setContainers([sampleContainer('web', { state: 'exited' })])
    for (const action of ['kill', 'die', 'stop']) lindenau.emit({ kind: 'container', action, containerId: 'id-web' })
    await clock.advance(100)
    expect(lindenau.calls).toEqual(['containers id-web'])
    expect(host('lindenau').engine?.containers[0]?.state).toBe('exited')
  })

  it('drops a container that is gone and adds one that is new', async () => {
    await begin()
    lindenau.setContainers([sampleContainer('db')])
    lindenau.emit(
      { kind: 'container', action: 'destroy', containerId: 'id-web' },
      { kind: 'container', action: 'start', containerId: 'id-db' },
    )
    await clock.advance(100)
    expect(host('lindenau').engine?.containers.map(({ name }) => name)).toEqual(['db'])
  })

  it('reads the network and the container that a connect names', async () => {
    await begin()
    lindenau.calls.length = 0
    lindenau.emit({ kind: 'network', action: 'connect', networkId: 'net-gnswarm', containerId: 'id-web' })
    await clock.advance(100)
    expect(lindenau.calls.sort()).toEqual(['containers id-web', 'networks net-gnswarm'])
  })

  it('keeps what did not change identical, so that nothing is computed twice', async () => {
    await begin()
    const before = host('tolkewitz').engine
    lindenau.emit({ kind: 'container', action: 'start', containerId: 'id-web' })
    await clock.advance(100)
    expect(host('tolkewitz').engine).toBe(before)
  })

  it('shows a lost host as unreachable, with why, since when and the next try; the others go on', async () => {
    await begin()
    const since = clock.now()
    lindenau.failure = new SwarmNetworksError('unreachable', 'connection refused', { host: 'lindenau' })
    lindenau.lose()
    await clock.advance(50)
    expect(states()).toEqual([
      ['lindenau', 'unreachable'],
      ['tolkewitz', 'ready'],
    ])
    expect(host('lindenau').failure).toMatchObject({ since, nextTryAt: since + 1000 })
    expect(host('lindenau').role).toBe('worker')
    expect(() => service.client('settings:lindenau')).toThrow(/lindenau is unreachable/)
    expect(service.client('settings:tolkewitz').apiVersion).toBe('1.41')
  })

  it('stays connected to an engine that is slow once or twice, and reads all of it then', async () => {
    await begin()
    lindenau.lateLists = 2
    lindenau.calls.length = 0
    lindenau.setContainers([sampleContainer('late')])
    lindenau.emit({ kind: 'container', action: 'start', containerId: 'id-late' })
    await clock.advance(200)
    expect(lindenau.calls).not.toContain('connect')
    expect(host('lindenau').engine?.containers.map(({ name }) => name)).toEqual(['late'])
  })

  it('gives up a connection whose engine does not answer three times in a row', async () => {
    await begin()
    lindenau.lateLists = 3
    lindenau.emit({ kind: 'container', action: 'start', containerId: 'id-web' })
    await clock.advance(200)
    expect(host('lindenau')).toMatchObject({ state: 'unreachable', failure: { code: 'timeout' } })
    expect(lindenau.openClients).toBe(0)
  })

  it('never gives up, and comes back by itself with a full read', async () => {
    await begin()
    lindenau.failure = new SwarmNetworksError('unreachable', 'connection refused')
    lindenau.lose()
    lindenau.calls.length = 0
    await clock.advance(60_000)
    // After 1, 3, 7, 15, 30, 45 and 60 seconds.
    expect(lindenau.calls).toEqual(Array(7).fill('connect'))
    lindenau.failure = undefined
    lindenau.setContainers([sampleContainer('back')])
    await clock.advance(16_000)
    expect(host('lindenau').state).toBe('ready')
    expect(host('lindenau').engine?.containers.map(({ name }) => name)).toEqual(['back'])
    expect(host('lindenau').failure).toBeUndefined()
  })

  it('counts failures anew after a success', async () => {
    await begin()
    for (let round = 0; round < 3; round++) {
      lindenau.lose()
      await clock.advance(50)
      expect(host('lindenau').failure?.nextTryAt).toBe(host('lindenau').failure!.since + 1000)
      await clock.advance(1_100)
      expect(host('lindenau').state).toBe('ready')
    }
  })

  it('does not try a refused login again until it is asked to', async () => {
    lindenau.failure = new SwarmNetworksError('unauthorized', 'all keys refused')
    await begin()
    await clock.advance(600_000)
    expect(lindenau.calls).toEqual(['connect'])
    expect(host('lindenau')).toMatchObject({ state: 'unauthorized', failure: { code: 'unauthorized' } })
    lindenau.failure = undefined
    service.refresh('settings:lindenau')
    await clock.advance(100)
    expect(host('lindenau').state).toBe('ready')
  })

  it('reads a live host again on refresh', async () => {
    await begin()
    lindenau.calls.length = 0
    lindenau.setContainers([])
    service.refresh('settings:lindenau')
    await clock.advance(100)
    expect(lindenau.calls).toEqual(['info', 'containers', 'networks'])
    expect(host('lindenau').engine?.containers).toEqual([])
  })

  it('says the same trouble once in the log', async () => {
    lindenau.failure = new SwarmNetworksError('unreachable', 'connection refused')
    await begin()
    await clock.advance(120_000)
    expect(warnings).toEqual(['lindenau: connection refused.'])
  })

  it('watches what the sources name, and lets go of what they no longer name', async () => {
    await begin()
    source.set([sampleTarget('tolkewitz')])
    await clock.advance(100)
    expect(states()).toEqual([
      ['lindenau', 'unknown'],
      ['tolkewitz', 'ready'],
    ])
    expect([lindenau.openClients, tolkewitz.openClients]).toEqual([0, 1])
    source.set([sampleTarget('tolkewitz'), sampleTarget('lindenau', { isDisabled: true })])
    await clock.advance(100)
    expect(host('lindenau').state).toBe('disabled')
    expect(lindenau.openClients).toBe(0)
  })

  it('asks no host before it is started, by whoever waits for them or wants them read again', async () => {
    await clock.advance(60_000)
    expect([service.isStarted, service.fleet.hosts, tolkewitz.openClients]).toEqual([false, [], 0])
    service.refresh()
    await clock.advance(100)
    expect([service.isStarted, tolkewitz.openClients, lindenau.openClients]).toEqual([true, 1, 1])
    service.start()
    await clock.advance(100)
    expect([tolkewitz.openClients, lindenau.openClients]).toEqual([1, 1])
    const other = new FleetService({
      connector: new FakeConnector({ tolkewitz, lindenau }),
      sources: [source],
      clock,
      log,
    })
    const settled = other.settled(AbortSignal.timeout(5000))
    await clock.advance(100)
    await settled
    expect(other.fleet.hosts).toHaveLength(2)
    other.dispose()
  })

  it('settles once each host is ready or has failed, and can be cancelled before', async () => {
    lindenau.failure = new SwarmNetworksError('timeout', 'no answer')
    service.start()
    let isSettled = false
    void service.settled(new AbortController().signal).then(() => (isSettled = true))
    await clock.advance(100)
    expect(isSettled).toBe(true)

    const never = new FleetService({
      connector: { connect: () => new Promise(() => undefined) },
      sources: [source],
      clock,
      log,
    })
    never.start()
    const abort = new AbortController()
    const waiting = never.settled(abort.signal)
    await settle()
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    never.dispose()
  })

  it('closes every engine when it is disposed, and stays silent', async () => {
    await begin()
    let changes = 0
    service.onDidChange(() => changes++)
    service.dispose()
    lindenau.lose()
    await clock.advance(60_000)
    expect([lindenau.openClients, tolkewitz.openClients, changes]).toEqual([0, 0, 0])
  })
})
