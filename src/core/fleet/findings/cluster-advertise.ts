import type { Host } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'
import { withoutPort } from '../../targets/without-port'
import { singleLine } from '../../text/single-line'
import type { HostRule } from './host-rule'

/**
 * An engine with a key-value store tells the others no address, or one that leads elsewhere: they cannot find its
 * containers, though networks and names are there. A virtual machine whose first card is a NAT's often has the address of all
 * the others.
 */
export const clusterAdvertise: HostRule = {
  cause: 'cluster-advertise',
  find: (host, { hosts }) => {
    const evidence = problemOf(host, hosts)
    return evidence === undefined ? undefined : findingOf(evidence)
  },
}

function findingOf(evidence: string): HostFinding {
  return {
    cause: 'cluster-advertise',
    title: 'The other engines of its key-value store do not find it',
    severity: 'error',
    evidence: [evidence],
    remedy:
      'Start the engine with --cluster-advertise=ADDRESS:PORT, its own address as the other hosts reach it and the port of its API, or the name of that network card instead of the address.',
  }
}

function problemOf({ id, engine }: Host, hosts: readonly Host[]): string | undefined {
  if (engine?.info.clusterStore === undefined || engine.info.classic !== undefined) return undefined
  const { clusterAdvertise: own } = engine.info
  if (own === undefined) return 'It was started with --cluster-store and without --cluster-advertise.'
  const address = withoutPort(own)
  const shown = singleLine(own, 60)
  if (address.startsWith('127.') || address === 'localhost' || address === '::1')
    return `It advertises ${shown}, which is every machine’s own loopback.`
  const other = hosts.find((host) => {
    const theirs = host.engine?.info.clusterAdvertise
    return host.id !== id && theirs !== undefined && withoutPort(theirs) === address
  })
  return other && `It advertises ${shown}, as ${other.name} does.`
}
