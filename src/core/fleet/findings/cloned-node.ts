import type { EngineSnapshot } from '../../model/engine'
import type { Host } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'
import { enumerate } from '../../text/count'
import type { HostRule } from './host-rule'

/**
 * Two hosts say that they are the same swarm node, or the same engine: one was copied from the other, with what Docker
 * keeps of itself on disk. A swarm then has one entry for both, which flips from one to the other.
 */
export const clonedNode: HostRule = {
  cause: 'cloned-node',
  find: (host, { hosts }) => {
    const { engine, nodeId } = host
    if (engine === undefined || engine.info.classic !== undefined) return undefined
    const others = hosts.filter(
      ({ id, engine: own }) => id !== host.id && own !== undefined && own.info.classic === undefined,
    )
    const sameNode = others.filter((other) => nodeId !== undefined && other.nodeId === nodeId)
    if (sameNode.length > 0) return nodeFinding(host, sameNode)
    const sameEngine = others.filter((other) => other.engine !== undefined && isCopy(engine, other.engine))
    return sameEngine.length > 0 ? engineFinding(host, sameEngine) : undefined
  },
}

function nodeFinding(host: Host, others: readonly Host[]): HostFinding {
  return {
    cause: 'cloned-node',
    title: `It says that it is the same swarm node as ${enumerate(others.map(({ name }) => name))}`,
    severity: 'error',
    evidence: [
      `The node ID ${host.nodeId ?? ''} is that of each of them.`,
      ...[host, ...others].map(describe),
      'A swarm has one entry for a node ID: name and address in it change from one host to the other.',
    ],
    remedy:
      'One is a copy of the other. On the copy run: docker swarm leave --force, and join the swarm again with a token from: docker swarm join-token worker. Then restart Docker on the original: the others do not gossip with it again before.',
  }
}

function engineFinding(host: Host, others: readonly Host[]): HostFinding {
  return {
    cause: 'cloned-node',
    title: `Its engine has the same ID as that of ${enumerate(others.map(({ name }) => name))}`,
    severity: 'warning',
    evidence: [
      `The engine ID ${host.engine?.info.engineId ?? ''} is that of each of them.`,
      ...[host, ...others].map(describe),
    ],
    remedy:
      'One is a copy of the other. A classic Swarm refuses the second (“ID duplicated”). On the copy stop Docker, remove /etc/docker/key.json or /var/lib/docker/engine-id, whichever is there, and start Docker: it makes itself a new one.',
  }
}

/**
 * Whether two engines of one ID, neither in a swarm, are two. One that is merely a moment behind the other is not: what
 * only one of them has heard of so far proves nothing.
 */
function isCopy(a: EngineSnapshot, b: EngineSnapshot): boolean {
  if (a.info.engineId === '' || a.info.engineId !== b.info.engineId) return false
  if (a.info.swarm.nodeId !== undefined || b.info.swarm.nodeId !== undefined) return false
  if (a.info.hostName !== b.info.hostName) return true
  const ids = new Set(a.containers.map(({ id }) => id))
  return ids.size > 0 && b.containers.length > 0 && !b.containers.some(({ id }) => ids.has(id))
}

function describe({ name, engine, via }: Host): string {
  const address = engine?.info.swarm.nodeAddress
  const count = engine?.containers.length ?? 0
  const at = address === undefined ? '' : `, at ${address}`
  return `${name}${at}, reached over ${via}, is called ${engine?.info.hostName ?? ''} and has ${count === 1 ? '1 container' : `${count} containers`}.`
}
