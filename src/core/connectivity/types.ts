import type { ContainerPort, ContainerState } from '../model/container'
import type { FleetNetwork } from '../model/network'

export type CheckResult = 'pass' | 'fail' | 'not-tested'

/**
 * What a check asks: does the target run, is its name known, does it answer ICMP, TCP on a port, HTTP on that port.
 * `address`: does anything answer at the target's address at all; asked by TCP on a port that nothing uses, and only
 * where ICMP said nothing and no port is exposed. `mtu`: does a packet as large as the network carries come back; asked
 * where a small one does.
 */
export type CheckKind = 'target' | 'name' | 'icmp' | 'mtu' | 'tcp' | 'http' | 'address'

/**
 * What was observed, as data for the diagnosis; the text for people is `detail`.
 * `lost` nothing came back in time; `refused` the target itself answered no; `unknown-name` the resolver answered that
 * there is no such name; `resolver-timeout` it did not answer; `denied` the probe was not allowed; `no-tool` the image
 * lacks what the probe needs; `not-running` the target or the source does not run; `not-attached` it is not on the
 * network; `no-answer` TCP connects, nothing comes;
 * `too-large` small packets come back, full-size ones do not; `several-addresses` the name stands for more than one container; `missing-addresses` not for all that it should;
 * `unreadable` what came back is not what was expected.
 */
export type Observation =
  | 'ok'
  | 'lost'
  | 'refused'
  | 'no-route'
  | 'unknown-name'
  | 'wrong-address'
  | 'resolver-timeout'
  | 'denied'
  | 'no-tool'
  | 'not-running'
  | 'not-attached'
  | 'no-answer'
  | 'too-large'
  | 'several-addresses'
  | 'missing-addresses'
  | 'unreadable'
  | 'skipped'

export interface Check {
  readonly kind: CheckKind
  readonly result: CheckResult
  readonly observation: Observation
  /** For a person: what came back. Text from the container, already stripped of control characters. */
  readonly detail: string
  readonly port?: number
  /** What a name stands for, where the check asked for one. */
  readonly addresses?: readonly string[]
  /** What the asking container's `/etc/hosts` says of the name; absent where it does not stand there. */
  readonly hostsFile?: readonly string[]
  /** What its name server says of it then: nothing where it does not know it; absent where nobody could ask. */
  readonly dns?: readonly string[]
  /** Bytes, IP header included: the packet that was sent to test the MTU. */
  readonly bytes?: number
  /** Bytes, IP header included: the largest packet that came back, where that was measured. */
  readonly largestBytes?: number
  /** The status that came back by HTTP. */
  readonly httpStatus?: number
  /** Milliseconds; absent where nothing was measured. */
  readonly ms?: number
  /** Of `icmp`: how many requests were sent and answered, and how long that took. */
  readonly pings?: PingCounts
}

/** Echo requests, and their round trips in milliseconds where ping sums them up. */
export interface PingCounts {
  readonly sent: number
  readonly received: number
  readonly minMs?: number
  readonly avgMs?: number
  readonly maxMs?: number
}

/** One end of a pair. */
export interface Peer {
  readonly containerId: string
  readonly container: string
  readonly hostId: string
  readonly host: string
  /** Its address on the tested network: IPv4, or IPv6 where it has no other. Absent while it does not run. */
  readonly address?: string
  /** All its addresses on all its networks: a name may rightly lead to each. */
  readonly addresses: readonly KnownAddress[]
  /** In no state but `running` can it be probed from; `paused` counts as not running. */
  readonly state: ContainerState
  readonly isRunning: boolean
  readonly ports: readonly ContainerPort[]
  /** The service whose task it is; the swarm, not a person, starts and replaces it. */
  readonly service?: string
  /** What somebody wants to know of it; absent: its own name, and the TCP ports that it exposes. */
  readonly wanted?: Wanted
}

/** What is asked about a peer instead of what it offers by itself. */
export interface Wanted {
  /** Tells two entries of the same pair in one plan apart, where both are there. */
  readonly key: string
  /** A name that may lead to it; absent: its own. */
  readonly name?: string
  readonly ports: readonly number[]
  /** What is asked for by HTTP; absent: `/`. */
  readonly path?: string
}

export interface KnownAddress {
  readonly address: string
  readonly network: string
}

export interface PairResult {
  readonly from: Peer
  readonly to: Peer
  readonly result: CheckResult
  /** Why nothing could be tested, or what failed first. */
  readonly reason?: string
  readonly checks: readonly Check[]
}

/** The network a test ran on, as far as the diagnosis needs it. */
export interface TestedNetwork {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly scope: FleetNetwork['scope']
  readonly isEncrypted: boolean
  /** Whether containers that are no service's tasks may join it; a swarm's networks alone may refuse them. */
  readonly isAttachable?: boolean
  /** How its containers find each other by name, as a phrase for a person; absent where no engine's version is known. */
  readonly names?: string
  /** Hosts whose engines write names into `/etc/hosts` themselves, by ID; absent where none does. */
  readonly hostsFileHostIds?: readonly string[]
  /** CIDR texts. */
  readonly subnets: readonly string[]
  /** False on the engine's default bridge, where containers do not know each other's names. */
  readonly hasNames: boolean
  /** UDP; absent where no manager says: then it is 4789. */
  readonly dataPathPort?: number
}

export interface UnreachableHost {
  readonly hostId: string
  readonly host: string
  /** A sentence for a person. */
  readonly reason: string
}

/** A container whose image has no tools, and which was asked through a helper in its network. */
export interface HelpedSource {
  readonly container: string
  readonly host: string
  /** The helper's image. */
  readonly image: string
}
