import { joinServices } from '../../src/core/fleet/join-services'
import { mergeNetworks } from '../../src/core/fleet/merge-networks'
import type { PairResult, Peer } from '../../src/core/connectivity/types'
import type { ConnectivityRun } from '../../src/core/connectivity/run'
import type { Finding } from '../../src/core/diagnosis/finding'
import type { Attachment, Container } from '../../src/core/model/container'
import type { EngineInfo, EngineSnapshot, SwarmNode } from '../../src/core/model/engine'
import type { Fleet } from '../../src/core/model/fleet'
import type { Host } from '../../src/core/model/host'
import type { Target } from '../../src/core/model/target'
import type { EngineNetwork } from '../../src/core/model/network'
import type { ServiceReading, Task } from '../../src/core/model/service'
import { sampleService, sampleTask } from './fakes/samples'
import { omit } from './omit'

/** 2026-03-04 14:03:22 on the clock of whoever runs the tests. */
export const noon = new Date(2026, 2, 4, 14, 3, 22).getTime()

/** An ID as engines give them, told apart by its name. */
export function anId(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)
}

/** A swarm object's ID: 25 characters of base 36. */
export function aSwarmId(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .padEnd(25, '0')
    .slice(0, 25)
}

export function aContainer(over: Partial<Container> = {}): Container {
  const name = over.name ?? 'web'
  return {
    id: anId(name),
    name,
    image: 'nginx:latest',
    command: 'nginx -g "daemon off;"',
    createdAt: noon - 60_000,
    state: 'running',
    status: 'Up 1 minute',
    ports: [{ privatePort: 80, protocol: 'tcp' }],
    labels: {},
    attachments: [],
    ...over,
  }
}

/** A container's place on `network`, with an address unless it is told otherwise. */
export function attachedTo(network: EngineNetwork, address?: string): Attachment {
  return {
    networkId: network.id,
    networkName: network.name,
    aliases: [],
    ...(address !== undefined && { address }),
  }
}

export function anOverlay(over: Partial<EngineNetwork> = {}): EngineNetwork {
  const name = over.name ?? 'gnswarm'
  return {
    id: aSwarmId(name),
    name,
    driver: 'overlay',
    scope: 'swarm',
    subnets: [{ subnet: '10.0.1.0/24', gateway: '10.0.1.1' }],
    options: { 'com.docker.network.driver.overlay.vxlanid_list': '4097' },
    labels: {},
    isInternal: false,
    isAttachable: true,
    isIngress: false,
    isEncrypted: false,
    ...over,
  }
}

export function aBridge(over: Partial<EngineNetwork> = {}): EngineNetwork {
  const name = over.name ?? 'bridge'
  return anOverlay({
    id: anId(name),
    driver: 'bridge',
    scope: 'local',
    subnets: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }],
    options: {},
    isAttachable: false,
    ...over,
    name,
  })
}

export interface HostBuild {
  readonly role?: 'manager' | 'worker' | 'none'
  readonly isLeader?: boolean
  readonly clusterId?: string
  /** Its key-value store, for a host in no swarm. */
  readonly store?: string
  readonly containers?: readonly Container[]
  readonly networks?: readonly EngineNetwork[]
  readonly nodes?: readonly SwarmNode[]
  /** Whatever the host itself should say otherwise. */
  readonly over?: Partial<Host>
}

/** A ready host with an engine; a manager and the leader unless it is told otherwise. */
export function aHost(name = 'tolkewitz', build: HostBuild = {}): Host {
  const { role = 'manager', isLeader = role === 'manager' } = build
  const address = build.over?.address ?? addressOf(name)
  const isMember = role !== 'none'
  const target: Target = {
    id: `settings:${name}`,
    name,
    endpoint: { kind: 'ssh', host: address, user: 'root' },
    source: 'settings',
    isDisabled: false,
  }
  return {
    id: `settings:${name}`,
    name,
    address,
    via: `ssh://root@${address}`,
    alsoVia: [],
    target,
    sshTarget: target,
    state: 'ready',
    engine: anEngine(name, build),
    isLeader,
    ...(isMember && {
      nodeId: aSwarmId(`node${name}`),
      role: role === 'manager' ? ('manager' as const) : ('worker' as const),
      availability: 'active' as const,
      nodeState: 'ready' as const,
    }),
    engineVersion: '20.10.24',
    ...(build.store !== undefined && { clusterStore: build.store }),
    ...build.over,
  }
}

/** A host that does not answer. */
export function aSilentHost(name = 'lindenau', over: Partial<Host> = {}): Host {
  return {
    ...without(aHost(name, { role: 'worker' }), 'engine'),
    state: 'unreachable',
    failure: {
      code: 'unreachable',
      message: `${name}: connection refused. Start the Docker service there.`,
      since: noon - 30_000,
      nextTryAt: noon + 15_000,
    },
    ...over,
  }
}

/** A swarm node to which no way in is known. */
export function anUnknownHost(name = 'miltitz'): Host {
  const host = without(without(without(aHost(name, { role: 'worker' }), 'engine'), 'target'), 'sshTarget')
  return { ...host, id: `node:${aSwarmId(`node${name}`)}`, via: '', state: 'unknown' }
}

export function anEngine(name: string, build: HostBuild = {}): EngineSnapshot {
  const { role = 'manager', clusterId = 'cluster-1' } = build
  const info: EngineInfo = {
    engineId: `ENGINE-${name}`,
    hostName: name,
    version: '20.10.24',
    apiVersion: '1.41',
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    architecture: 'x86_64',
    kernelVersion: '6.1.0',
    warnings: [],
    ...(build.store !== undefined && { clusterStore: build.store, clusterAdvertise: `${addressOf(name)}:2376` }),
    swarm:
      role === 'none'
        ? { state: 'inactive', isManager: false }
        : {
            state: 'active',
            nodeId: aSwarmId(`node${name}`),
            nodeAddress: addressOf(name),
            isManager: role === 'manager',
            ...(role === 'manager' && { clusterId }),
          },
  }
  return {
    info,
    containers: build.containers ?? [],
    networks: build.networks ?? [],
    nodes: build.nodes ?? [],
  }
}

/** A fleet of these hosts; its networks are joined as the real one's are, and managers know every host as a node. */
export function aFleet(hosts: readonly Host[] = [aHost()]): Fleet {
  const nodes = hosts.flatMap(nodeOf)
  const joined = hosts.map((host) =>
    host.engine?.info.swarm.isManager === true && host.engine.nodes.length === 0
      ? { ...host, engine: { ...host.engine, nodes } }
      : host,
  )
  return { hosts: joined, networks: mergeNetworks(joined), services: joinServices(joined) }
}

/**
 * A manager at tolkewitz and a node miltitz without a way in, with three services: `web` has three tasks, of which the
 * second is at miltitz and failed before; `agent` has one at each node; `nowhere` has one that cannot be placed.
 */
export function aFleetWithServices(): Fleet {
  const web = sampleService('web', {
    replicas: 3,
    ports: [{ targetPort: 80, publishedPort: 8080, protocol: 'tcp', publishMode: 'ingress' }],
  })
  const agent = sampleService('agent', { mode: 'global' })
  const nowhere = sampleService('nowhere')
  const at = (name: string) => ({ nodeId: aSwarmId(`node${name}`), since: noon - 5_000 })
  const pending: Partial<Task> = {
    state: 'pending',
    error: 'no suitable node (scheduling constraints not satisfied on 2 nodes)',
    since: noon - 5_000,
  }
  const swarmServices: ServiceReading = {
    services: [web, agent, nowhere],
    tasks: [
      sampleTask(web, 1, at('tolkewitz')),
      sampleTask(web, 2, at('miltitz')),
      sampleTask(web, 3, at('tolkewitz')),
      sampleTask(agent, undefined, { ...at('tolkewitz'), id: 'agent-1' }),
      sampleTask(agent, undefined, { ...at('miltitz'), id: 'agent-2' }),
      omit(sampleTask(nowhere, 1, pending), 'nodeId'),
    ],
    failures: [
      sampleTask(web, 2, {
        ...at('miltitz'),
        id: 'web-2-before',
        state: 'failed',
        desiredState: 'shutdown',
        error: 'task: non-zero exit (3)',
      }),
    ],
  }
  const ref = {
    serviceId: web.id,
    serviceName: 'web',
    taskId: 'task-web-1',
    nodeId: aSwarmId('nodetolkewitz'),
    slot: 1,
  }
  const manager = aHost('tolkewitz', { containers: [aContainer({ name: 'web.1.x', task: ref })] })
  const host = {
    ...manager,
    engine: { ...anEngine('tolkewitz', { containers: manager.engine?.containers ?? [] }), swarmServices },
  }
  return aFleet([host, anUnknownHost('miltitz')])
}

/** The three hosts of the scenario: `web` at tolkewitz and `shell1` at miltitz on `gnswarm`; lindenau has nothing. */
export function aSwarmOfThree(): Fleet {
  const gnswarm = anOverlay()
  const web = aContainer({ attachments: [attachedTo(gnswarm, '10.0.1.3')] })
  const shell1 = aContainer({
    name: 'shell1',
    image: 'alpine:latest',
    command: 'sh',
    ports: [],
    attachments: [attachedTo(gnswarm, '10.0.1.5')],
  })
  return aFleet([
    aHost('lindenau', { role: 'worker', networks: [aBridge()] }),
    aHost('miltitz', { role: 'worker', containers: [shell1], networks: [aBridge(), gnswarm] }),
    aHost('tolkewitz', { containers: [web], networks: [aBridge(), gnswarm] }),
  ])
}

export function aPeer(name: string, host: string, over: Partial<Peer> = {}): Peer {
  return {
    containerId: anId(name),
    container: name,
    hostId: `settings:${host}`,
    host,
    address: '10.0.1.3',
    addresses: [],
    state: 'running',
    isRunning: true,
    ports: [],
    ...over,
  }
}

export function aPair(from: Peer, to: Peer, over: Partial<PairResult> = {}): PairResult {
  return { from, to, result: 'pass', checks: [], ...over }
}

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    cause: 'target-not-running',
    title: 'web is not running',
    confidence: 99,
    hosts: ['tolkewitz'],
    containers: ['web'],
    evidence: ['The engine of tolkewitz says: exited.'],
    remedy: 'Start web.',
    fixes: [{ id: 'start-target', title: 'Start web', containerIds: [anId('web')], hostIds: ['settings:tolkewitz'] }],
    ...over,
  }
}

/** A test of `gnswarm`: both directions between `web` and `shell1`. */
export function aRun(over: Partial<ConnectivityRun> = {}): ConnectivityRun {
  const web = aPeer('web', 'tolkewitz')
  const shell1 = aPeer('shell1', 'miltitz', { address: '10.0.1.5' })
  return {
    network: {
      id: aSwarmId('gnswarm'),
      name: 'gnswarm',
      driver: 'overlay',
      scope: 'swarm',
      isEncrypted: false,
      subnets: ['10.0.1.0/24'],
      hasNames: true,
    },
    startedAt: noon,
    durationMs: 1_200,
    execs: 2,
    isCancelled: false,
    pairs: [aPair(web, shell1), aPair(shell1, web)],
    unreachableHosts: [],
    findings: [],
    ...over,
  }
}

/** The same test with `web` stopped. */
export function aFailedRun(over: Partial<ConnectivityRun> = {}): ConnectivityRun {
  const { pairs } = aRun()
  return aRun({
    pairs: pairs.map((pair) => ({ ...pair, result: 'fail' as const, reason: 'web is not running' })),
    findings: [aFinding()],
    ...over,
  })
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const copy = { ...value }
  Reflect.deleteProperty(copy, key)
  return copy
}

function nodeOf(host: Host): SwarmNode[] {
  if (host.nodeId === undefined) return []
  return [
    {
      id: host.nodeId,
      hostName: host.name,
      role: host.role ?? 'worker',
      availability: host.availability ?? 'active',
      state: host.nodeState ?? 'ready',
      address: host.address,
      isLeader: host.isLeader,
      ...(host.role === 'manager' && { reachability: 'reachable' as const }),
      engineVersion: host.engineVersion ?? '20.10.24',
    },
  ]
}

const knownAddresses: Readonly<Record<string, string>> = {
  tolkewitz: '198.18.0.2',
  lindenau: '198.18.0.3',
  miltitz: '198.18.0.4',
}

function addressOf(name: string): string {
  return knownAddresses[name] ?? '198.18.0.200'
}
