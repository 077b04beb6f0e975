import { joinFleet } from '../../src/core/fleet/join-fleet'
import type { ClassicCluster, ClassicNode } from '../../src/core/model/classic'
import type { Container } from '../../src/core/model/container'
import type { EngineSnapshot } from '../../src/core/model/engine'
import type { Fleet } from '../../src/core/model/fleet'
import type { TargetSnapshot } from '../../src/core/model/host'
import { sampleContainer, sampleInfo, sampleNetwork, sampleTarget } from './fakes/samples'

/** A healthy node of a classic Swarm. */
export function aClassicNode(name: string, changes: Partial<ClassicNode> = {}): ClassicNode {
  return {
    name,
    address: `198.18.0.${name.length}:2375`,
    engineId: `engine-${name}`,
    status: 'healthy',
    labels: {},
    engineVersion: '1.10.3',
    containers: 0,
    reservedCpus: '0 / 2',
    reservedMemory: '0 B / 2 GiB',
    ...changes,
  }
}

export function aClassicCluster(nodes: readonly ClassicNode[], changes: Partial<ClassicCluster> = {}): ClassicCluster {
  const filters = ['health', 'port', 'affinity', 'constraint']
  return { version: '1.2.9', role: 'primary', strategy: 'spread', filters, nodes, ...changes }
}

/** The overlay network of a classic Swarm's engines. */
export const globalOverlay = sampleNetwork('gnswarm', { scope: 'global' })

/** What a manager's target says. */
export function aClassicManager(
  name: string,
  classic: ClassicCluster,
  changes: Partial<EngineSnapshot> = {},
): TargetSnapshot {
  return {
    target: sampleTarget(name, { endpoint: { kind: 'tcp', host: '198.18.0.99', port: 3376 } }),
    state: 'ready',
    engine: {
      info: sampleInfo(name, { engineId: '', swarm: { state: 'inactive', isManager: false }, classic }),
      containers: [],
      networks: [globalOverlay],
      nodes: [],
      ...changes,
    },
  }
}

export const threeNodes: readonly ClassicNode[] = [
  aClassicNode('tolkewitz', { labels: { site: 'north', storagedriver: 'overlay2', kernelversion: '6.1.0' } }),
  aClassicNode('lindenau', { labels: { site: 'north', storagedriver: 'overlay2', kernelversion: '6.1.0' } }),
  aClassicNode('miltitz', { labels: { site: 'south', storagedriver: 'aufs', kernelversion: '6.1.0' } }),
]

/** `web` on tolkewitz, as a manager lists it. */
export const webOnTolkewitz: Container = sampleContainer('web', {
  node: 'tolkewitz',
  attachments: [{ networkId: globalOverlay.id, networkName: 'gnswarm', aliases: [], address: '10.0.0.2' }],
})

/** A manager called `swarm` over three nodes with labels, `web` on one of them. */
export function aClassicFleet(changes: Partial<ClassicCluster> = {}): Fleet {
  const cluster = aClassicCluster(threeNodes, changes)
  return joinFleet([aClassicManager('swarm', cluster, { containers: [webOnTolkewitz] })], 0)
}
