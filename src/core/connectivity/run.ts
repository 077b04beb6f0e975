import type { Finding } from '../diagnosis/finding'
import type { HostsReading } from '../host-checks/hosts-reading'
import type { GatewayAddress, NameResult } from './names/types'
import type { HelpedSource, PairResult, TestedNetwork, UnreachableHost } from './types'

/** What the test before found. */
export interface EarlierRun {
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly pairs: readonly PairResult[]
  readonly names?: readonly NameResult[]
  readonly findings: readonly Finding[]
}

/** The outcome of one connectivity test. */
export interface ConnectivityRun {
  readonly network: TestedNetwork
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  /** How many execs it took. */
  readonly execs: number
  readonly isCancelled: boolean
  /** Absent where no container needed help. */
  readonly helped?: readonly HelpedSource[]
  readonly pairs: readonly PairResult[]
  /** Names besides those of containers, as each source saw them; absent where none was asked for. */
  readonly names?: readonly NameResult[]
  /** Which names were not asked for or could not be read, and why; one sentence each. */
  readonly nameNotes?: readonly string[]
  /** The containers' second addresses, on the bridges by which they reach what is outside; absent where none is known. */
  readonly gateways?: readonly GatewayAddress[]
  /** Hosts that could have members but could not be asked, with the reason. */
  readonly unreachableHosts: readonly UnreachableHost[]
  /** What the hosts say of each other; absent where nobody asked them. */
  readonly reading?: HostsReading
  readonly findings: readonly Finding[]
  /** How it was before; absent for a network's first test. */
  readonly before?: EarlierRun
}

/** True only if no pair failed and something was tested; what names lead to counts apart. */
export function isOk(run: Pick<ConnectivityRun, 'pairs' | 'isCancelled'>): boolean {
  return !run.isCancelled && run.pairs.some((p) => p.result === 'pass') && run.pairs.every((p) => p.result !== 'fail')
}

/** Whether a name leads elsewhere than it should, or the address behind it does not answer. */
export function hasFailingName({ names = [] }: Pick<ConnectivityRun, 'names'>): boolean {
  return names.some(({ result }) => result === 'fail')
}
