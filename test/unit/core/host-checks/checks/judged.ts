import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import type { CheckEvidence, CheckVerdict, HostCheck } from '../../../../../src/core/host-checks/host-check'
import { anOutcome, peersOf } from '../../diagnosis/outcome'
import { aReading } from '../../diagnosis/reading'

/** One container a host, as host checks probe them. */
export const representatives = peersOf('api@lindenau', 'shell1@miltitz', 'web@tolkewitz')

export interface Situation extends Partial<Omit<CheckEvidence, 'pairs' | 'network'>> {
  readonly network?: Partial<CheckEvidence['network']>
  /** What containers saw of each other; absent: nobody was probed. */
  readonly saw?: (from: Peer, to: Peer) => readonly Check[]
}

/** What a check says of each of the three hosts. */
export function judged(
  check: HostCheck,
  { network: over, saw, ...given }: Situation = {},
): Readonly<Record<string, CheckVerdict>> {
  const { network, pairs } = anOutcome(saw ? representatives : [], saw ?? (() => []))
  const reading = given.reading ?? aReading()
  const evidence = { hostMtu: 1_500, ...given, reading, network: { ...network, ...over }, pairs }
  return Object.fromEntries(reading.hosts.map((host) => [host.name, check.judge(host, evidence)]))
}

export function verdicts(check: HostCheck, situation: Situation = {}): readonly string[] {
  return Object.entries(judged(check, situation)).map(([name, { verdict }]) => `${name} ${verdict}`)
}

/** The same verdict for all three. */
export function all(verdict: CheckVerdict['verdict']): readonly string[] {
  return ['lindenau', 'miltitz', 'tolkewitz'].map((name) => `${name} ${verdict}`)
}

/** Whether a pair has an end on this host and one elsewhere. */
export function touches(host: string): (from: Peer, to: Peer) => boolean {
  return (from, to) => from.host !== to.host && [from.host, to.host].includes(host)
}
