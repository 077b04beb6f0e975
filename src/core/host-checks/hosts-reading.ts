import type { AttachmentTask } from '../model/attachment-task'
import type { SwarmMembership, SwarmNode } from '../model/engine'
import type { NetworkView } from '../model/network-view'
import type { ContainerExit } from '../ports/engine'
import type { ListeningPort } from '../examine/listening-ports'
import type { Peer } from '../connectivity/types'
import type { FirewallReading } from './firewall-counters'
import type { ProbeReading } from './probe-reading'
import type { LocalReading } from './local-reading'

/** What the hosts of a network say of themselves and of each other, read once: the other half of a test's evidence. */
export interface HostsReading {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The UDP port of the containers' traffic. */
  readonly dataPathPort: number
  readonly hosts: readonly HostReading[]
  /** Absent outside swarm mode, and where no manager is in reach. */
  readonly manager?: ManagerReading
  readonly containers: readonly ContainerReading[]
  readonly directions: readonly DirectionReading[]
  /** What became of the same hosts on a network that is not encrypted, where the tested one is and there is another. */
  readonly plainPaths: readonly PlainPath[]
  /** What was not looked at, and why; one sentence each. */
  readonly notes: readonly string[]
}

/** One host that answered. */
export interface HostReading {
  readonly hostId: string
  readonly name: string
  /** By which the others know it; empty where nothing says. */
  readonly address: string
  readonly swarm: SwarmMembership
  /** The engine's own, for instance about IP forwarding. */
  readonly warnings: readonly string[]
  /** How far the host's clock is ahead of ours, in milliseconds; right to about a second. */
  readonly clockAheadMs?: number
  /** The tested network as this engine sees it; absent where it does not have it. */
  readonly view?: NetworkView
  /** Addresses of all hosts that this one gossips with, its own among them; absent where nothing tells. */
  readonly gossip?: readonly string[]
  /** What a helper in the host's own network saw. */
  readonly local?: LocalReading
  /** What its engine's log says of its gossip, where its command line could be used. */
  readonly probes?: ProbeReading
  /** What its firewall counted, where its command line could be used. */
  readonly firewall?: FirewallReading
}

/** What a manager says. */
export interface ManagerReading {
  readonly hostId: string
  readonly name: string
  readonly nodes: readonly SwarmNode[]
  /** Why it does not list nodes, in its own words. */
  readonly failure?: string
  readonly attachments: readonly AttachmentTask[]
  /** The tested network as managers keep it. */
  readonly view?: NetworkView
}

/** A container that a test could not reach, or a port of it, looked at from the inside. */
export interface ContainerReading {
  readonly peer: Peer
  /** Of one that does not run. */
  readonly exit?: ContainerExit
  /** Of one that refuses connections. */
  readonly listening?: readonly ListeningPort[]
}

/** Where packets from one container to another get lost, by the counters at both ends. */
export interface DirectionReading {
  readonly from: Peer
  readonly to: Peer
  /** `there`: requests do not arrive; `back`: they do, and the answers do not; `unclear`: something else was counted. */
  readonly lost: 'there' | 'back' | 'unclear'
  /** What was counted, as a sentence. */
  readonly detail: string
}

/** Two hosts, and whether containers on them heard each other on another overlay network, which is not encrypted. */
export interface PlainPath {
  readonly network: string
  readonly hostIds: readonly [string, string]
  readonly isAnswered: boolean
}
