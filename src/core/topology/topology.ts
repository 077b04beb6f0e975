import type { HostState } from '../model/host'

/**
 * What the last test says: `fail` where nothing passes, `partly` where some pairs pass and some fail, `unknown` where
 * nobody tested. Whoever fails with everybody stands out so from those who only fail with him.
 */
export type LinkState = 'pass' | 'partly' | 'fail' | 'not-tested' | 'unknown'

/** How many pairs of containers pass, fail, and could not be tested. */
export interface PairCounts {
  readonly passed: number
  readonly failed: number
  readonly untested: number
}

export interface TopologyNetwork {
  readonly key: string
  readonly name: string
  readonly subnets: readonly string[]
  readonly isEncrypted: boolean
  readonly members: number
  readonly state: LinkState
  /** The last test in one sentence. */
  readonly verdict: string
}

/** A container on one network. */
export interface TopologyMember {
  readonly containerId: string
  readonly name: string
  readonly address?: string
  readonly isRunning: boolean
  readonly state: LinkState
  readonly counts: PairCounts
}

/** A host's containers on one network. */
export interface TopologyRow {
  readonly networkKey: string
  readonly network: string
  /** Those that are drawn: what fails comes first. */
  readonly members: readonly TopologyMember[]
  /** How many more there are. */
  readonly hidden: number
  readonly state: LinkState
  readonly counts: PairCounts
}

export interface TopologyHost {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly state: HostState
  /** For instance `manager, leader`; empty where it is in no swarm. */
  readonly role: string
  readonly rows: readonly TopologyRow[]
}

/** What the containers of two hosts on one network saw of each other, both directions together. */
export interface TopologyLink {
  readonly networkKey: string
  readonly network: string
  readonly from: { readonly id: string; readonly name: string }
  readonly to: { readonly id: string; readonly name: string }
  readonly state: LinkState
  readonly counts: PairCounts
}

/** What there is to draw: a function of the fleet and of the last tests. */
export interface Topology {
  readonly networks: readonly TopologyNetwork[]
  readonly hosts: readonly TopologyHost[]
  readonly links: readonly TopologyLink[]
  /** What was left out, one sentence each. */
  readonly notes: readonly string[]
}
