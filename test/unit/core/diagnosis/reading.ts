import type { Peer } from '../../../../src/core/connectivity/types'
import type { ContainerReading, HostReading, HostsReading } from '../../../../src/core/host-checks/hosts-reading'
import type { Dial, LocalReading } from '../../../../src/core/host-checks/local-reading'
import type { SwarmNode } from '../../../../src/core/model/engine'
import type { NetworkView } from '../../../../src/core/model/network-view'
import { aSwarmId, noon } from '../../builders'

/** The address of a host in these tests: told apart by its name's first letter. */
export function hostAddress(name: string): string {
  return `198.18.0.${10 + (name.codePointAt(0) ?? 0)}`
}

export function aView(over: Partial<NetworkView> = {}): NetworkView {
  return {
    id: aSwarmId('gnswarm'),
    name: 'gnswarm',
    driver: 'overlay',
    subnets: ['10.0.1.0/24'],
    peers: [],
    names: [],
    services: [],
    ...over,
  }
}

/** A host that is well and gossips with `peers`, itself among them. */
export function aHostReading(name: string, peers: readonly string[], over: Partial<HostReading> = {}): HostReading {
  return {
    hostId: `settings:${name}`,
    name,
    address: hostAddress(name),
    swarm: {
      state: 'active',
      isManager: name === 'tolkewitz',
      nodeId: aSwarmId(`node${name}`),
      nodeAddress: hostAddress(name),
    },
    warnings: [],
    gossip: peers.map(hostAddress),
    ...over,
  }
}

export function aNode(name: string, over: Partial<SwarmNode> = {}): SwarmNode {
  return {
    id: aSwarmId(`node${name}`),
    hostName: name,
    role: name === 'tolkewitz' ? 'manager' : 'worker',
    availability: 'active',
    state: 'ready',
    address: hostAddress(name),
    isLeader: name === 'tolkewitz',
    engineVersion: '20.10.24',
    ...over,
  }
}

const three = ['lindenau', 'miltitz', 'tolkewitz'] as const

/** Three hosts that are well, with tolkewitz for a manager; `hosts` and `nodes` say what is otherwise, by name. */
export function aReading(
  over: Partial<Omit<HostsReading, 'hosts' | 'manager'>> & {
    readonly hosts?: Readonly<Record<string, Partial<HostReading>>>
    readonly nodes?: Readonly<Record<string, Partial<SwarmNode>>>
    readonly manager?: Partial<NonNullable<HostsReading['manager']>>
  } = {},
): HostsReading {
  const { hosts = {}, nodes = {}, manager, ...rest } = over
  return {
    at: noon,
    dataPathPort: 4789,
    containers: [],
    directions: [],
    plainPaths: [],
    notes: [],
    ...rest,
    hosts: three.map((name) => aHostReading(name, three, hosts[name])),
    manager: {
      hostId: 'settings:tolkewitz',
      name: 'tolkewitz',
      nodes: three.map((name) => aNode(name, nodes[name])),
      attachments: [],
      view: aView(),
      ...manager,
    },
  }
}

/** What a host has lost once `name` is gone from the others' lists while its own is full. */
export function missing(name: string): Readonly<Record<string, Partial<HostReading>>> {
  const others = three.filter((other) => other !== name)
  return Object.fromEntries(others.map((other) => [other, { gossip: others.map(hostAddress) }]))
}

export function aDial(to: string, port: number, observation: 'ok' | 'lost' | 'refused'): Dial {
  const result = observation === 'ok' ? 'pass' : 'fail'
  return {
    address: hostAddress(to),
    port,
    check: { kind: 'tcp', result, observation, port, detail: `TCP port ${port}: ${observation}` },
  }
}

export function aLocal(over: Partial<LocalReading> = {}): LocalReading {
  return { dials: [], pings: [], udpPorts: [4789, 7946], links: [{ name: 'eth0', mtu: 1500 }], routes: [], ...over }
}

/** A container that was to be started and could not be, in the engine's words. */
export function notStarted(peer: Peer, error: string): ContainerReading {
  return { peer, exit: { code: 128, error, restart: 'no' } }
}

export const unallocated =
  'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded'
