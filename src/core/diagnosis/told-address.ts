import type { ContainerReading, HostReading, HostsReading } from '../host-checks/hosts-reading'
import { failuresOf, type Evidence } from './evidence'
import { failuresAcross, nodeOf } from './host-failures'

/** What a manager calls itself where it listens everywhere. */
const unspecified: ReadonlySet<string> = new Set(['0.0.0.0', '127.0.0.1', '::', '::1'])

/** Where the address is none of the host's, its engine joins no gossip, and no container a network (moby, daemon/cluster). */
const attachError = /attaching to network failed|could not attach to network/i

/** A host that tells its swarm another address than the one that it comes from. */
export interface OtherAddress {
  readonly told: string
  readonly seen: string
  /** Its containers that got onto no network. */
  readonly refused: readonly ContainerReading[]
}

/** Undefined where both are the same, or either is not known. The two may both lead to the host, for instance by NAT. */
export function otherAddressOf(reading: HostsReading, host: HostReading): OtherAddress | undefined {
  const seen = nodeOf(reading, host)?.address
  const told = host.swarm.nodeAddress
  if (seen === undefined || told === undefined || seen === told || unspecified.has(seen)) return undefined
  const refused = reading.containers.filter(
    ({ exit, peer }) => peer.hostId === host.hostId && !peer.isRunning && attachError.test(exit?.error ?? ''),
  )
  return { told, seen, refused }
}

/**
 * Whether what a host tells others leads them astray: it is another address than its own, and its containers are on no
 * network, or do not hear those of other hosts. Then gossip that does not get there says nothing of ports.
 */
export function leadsAstray({ reading, pairs }: Pick<Evidence, 'reading' | 'pairs'>, host: HostReading): boolean {
  const other = reading && otherAddressOf(reading, host)
  if (other === undefined) return false
  return other.refused.length > 0 || failuresAcross(failuresOf(pairs), new Set([host.hostId])).length > 0
}
