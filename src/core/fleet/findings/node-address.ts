import { parseAddress } from '../../connectivity/ip-address'
import type { Host, TargetSnapshot } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'
import { enumerate } from '../../text/count'
import type { HostRule } from './host-rule'

/**
 * A swarm node tells the others an address at which they do not find it. It is ready all the same, since it calls its
 * managers itself; but the others send what goes over overlay networks to that address. A virtual machine whose first
 * card is a NAT's often has the address of all the others (classicswarm#2687; swarmkit takes the default route's card).
 */
export const nodeAddress: HostRule = {
  cause: 'node-address',
  find: (host, { hosts, snapshots }) => {
    const swarm = host.engine?.info.swarm
    const own = parseAddress(swarm?.nodeAddress)
    if (swarm?.nodeId === undefined || own === undefined) return undefined
    // A copy of another host explains more than its address does.
    const { nodeId } = swarm
    if (hosts.some((other) => other.id !== host.id && other.engine !== undefined && other.nodeId === nodeId))
      return undefined
    if (isLoopback(own)) return finding('error', [`It tells the swarm ${own}, which is every machine’s own loopback.`])
    const same = hosts.filter(
      (other) => other.id !== host.id && addressOf(other) === own && areOneSwarm([nodeId, other.nodeId], snapshots),
    )
    if (same.length > 0)
      return finding('error', [`It tells the swarm ${own}, as ${enumerate(same.map(({ name }) => name))} does.`])
    const seen = parseAddress(seenAt(nodeId, snapshots))
    if (seen === undefined || seen === own || isLoopback(seen) || seen === '0.0.0.0') return undefined
    return finding('warning', [
      `It tells the swarm ${own}.`,
      `Its managers see it at ${seen}.`,
      'Where the hosts have a network of their own for containers’ traffic this can be on purpose.',
    ])
  },
}

function finding(severity: HostFinding['severity'], evidence: readonly string[]): HostFinding {
  return {
    cause: 'node-address',
    title:
      severity === 'error'
        ? 'The other nodes of its swarm do not find it'
        : 'The other nodes of its swarm may not find it: it tells them another address than its managers see',
    severity,
    evidence: [
      ...evidence,
      'What goes over overlay networks is sent to the address that a node tells, not to the one that managers see.',
    ],
    remedy:
      'Have the host leave the swarm, a manager after docker node demote, and join it again with --advertise-addr and its own address as the other hosts reach it.',
  }
}

function addressOf({ engine }: Host): string | undefined {
  return parseAddress(engine?.info.swarm.nodeAddress)
}

/** Workers do not say which swarm they are in, and two swarms may well use the same private addresses: a manager has to know both. */
function areOneSwarm(nodeIds: readonly (string | undefined)[], snapshots: readonly TargetSnapshot[]): boolean {
  return snapshots.some(({ engine }) =>
    nodeIds.every((nodeId) => engine?.nodes.some(({ id }) => id === nodeId) === true),
  )
}

/** Where a manager that answers sees the node. */
function seenAt(nodeId: string, snapshots: readonly TargetSnapshot[]): string | undefined {
  const nodes = snapshots.flatMap(({ engine }) => engine?.nodes ?? [])
  return nodes.find(({ id }) => id === nodeId)?.address
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
