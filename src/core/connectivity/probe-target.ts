import type { FurtherName } from './names/types'
import { isIpv6 } from './ip-address'
import { maxPorts, portsToAsk } from './probe-ports'
import type { ProbeTarget } from './probe-script'
import type { Peer } from './types'

/** What a resolver can be asked for: the engine's own rule for container names, so never an option of a command. */
const hostName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/

/** A name that can be asked for, or undefined. */
export function askableName(name: string): string | undefined {
  return hostName.test(name) ? name : undefined
}

/** What to ask about a peer. */
export function probeTarget(index: number, peer: Peer, { hasNames }: { readonly hasNames: boolean }): ProbeTarget {
  const { wanted } = peer
  const name = hasNames ? askableName(wanted?.name ?? peer.container) : undefined
  return {
    index,
    ...(name !== undefined && { name }),
    ...(peer.address !== undefined && { address: peer.address }),
    wantsIpv6: peer.addresses.some(({ address }) => isIpv6(address)),
    ports: portsToAsk(peer).slice(0, maxPorts),
    ...(wanted?.path !== undefined && { path: wanted.path }),
  }
}

/** What to ask about a name that is no container's. */
export function probeName(index: number, { name, virtualAddress, isOwn, meant, ports }: FurtherName): ProbeTarget {
  return {
    index,
    name,
    ...(virtualAddress !== undefined && !isOwn && { address: virtualAddress }),
    wantsIpv6: meant.some(({ address }) => isIpv6(address)),
    ports,
    isFurther: true,
  }
}
