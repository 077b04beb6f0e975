import type { Container } from '../../../src/core/model/container'
import type { EngineInfo, EngineSnapshot, SwarmNode } from '../../../src/core/model/engine'
import type { TargetSnapshot } from '../../../src/core/model/host'
import type { EngineNetwork } from '../../../src/core/model/network'
import type { Service, Task } from '../../../src/core/model/service'
import type { Target } from '../../../src/core/model/target'

/** A target over SSH; its name is also its address. */
export function sampleTarget(name: string, changes: Partial<Target> = {}): Target {
  return {
    id: `settings:${name}`,
    name,
    endpoint: { kind: 'ssh', host: name },
    source: 'settings',
    isDisabled: false,
    ...changes,
  }
}

export function sampleInfo(name: string, changes: Partial<EngineInfo> = {}): EngineInfo {
  return {
    engineId: `engine-${name}`,
    hostName: name,
    version: '20.10.24',
    apiVersion: '1.41',
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    architecture: 'x86_64',
    kernelVersion: '6.1.0',
    swarm: { state: 'active', nodeId: `node-${name}`, nodeAddress: `198.18.0.${name.length}`, isManager: false },
    warnings: [],
    ...changes,
  }
}

/** An engine of a swarm; `manager` gives it nodes to know. */
export function sampleEngine(name: string, changes: Partial<EngineSnapshot> = {}): EngineSnapshot {
  const isManager = (changes.nodes?.length ?? 0) > 0
  const info = sampleInfo(name)
  return { info: { ...info, swarm: { ...info.swarm, isManager } }, containers: [], networks: [], nodes: [], ...changes }
}

export function sampleNode(name: string, changes: Partial<SwarmNode> = {}): SwarmNode {
  return {
    id: `node-${name}`,
    hostName: name,
    role: 'worker',
    availability: 'active',
    state: 'ready',
    address: `198.18.0.${name.length}`,
    isLeader: false,
    engineVersion: '20.10.24',
    ...changes,
  }
}

export function sampleContainer(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: `id-${name}`,
    name,
    image: 'alpine',
    command: '/bin/sh',
    createdAt: 0,
    state: 'running',
    status: 'Up 1 second',
    ports: [],
    labels: {},
    attachments: [],
    ...changes,
  }
}

export function sampleNetwork(name: string, changes: Partial<EngineNetwork> = {}): EngineNetwork {
  return {
    id: `net-${name}`,
    name,
    driver: 'overlay',
    scope: 'swarm',
    subnets: [{ subnet: '10.0.1.0/24', gateway: '10.0.1.1' }],
    options: {},
    labels: {},
    isInternal: false,
    isAttachable: true,
    isIngress: false,
    isEncrypted: false,
    ...changes,
  }
}

export function readySnapshot(name: string, engine: EngineSnapshot = sampleEngine(name)): TargetSnapshot {
  return { target: sampleTarget(name), state: 'ready', engine }
}

/** A service of one replica, unless its mode is a global one. */
export function sampleService(name: string, changes: Partial<Service> = {}): Service {
  const isGlobal = changes.mode === 'global' || changes.mode === 'global-job'
  return {
    id: `service-${name}`,
    name,
    mode: 'replicated',
    ...(!isGlobal && { replicas: 1 }),
    image: 'alpine:latest',
    ports: [],
    createdAt: 1_000,
    updatedAt: 1_000,
    ...changes,
  }
}

/** A task that runs on the node `node-lindenau`. */
export function sampleTask(service: Service, slot: number | undefined, changes: Partial<Task> = {}): Task {
  return {
    id: `task-${service.name}-${slot ?? 'global'}`,
    serviceId: service.id,
    ...(slot !== undefined && { slot }),
    nodeId: 'node-lindenau',
    state: 'running',
    desiredState: 'running',
    since: 2_000,
    createdAt: 1_500,
    ...changes,
  }
}
