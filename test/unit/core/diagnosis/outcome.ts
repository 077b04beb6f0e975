import { evaluatePair } from '../../../../src/core/connectivity/evaluate'
import type { Check, CheckKind, Observation, Peer } from '../../../../src/core/connectivity/types'
import { diagnose } from '../../../../src/core/diagnosis/diagnose'
import type { TestOutcome } from '../../../../src/core/diagnosis/evidence'
import type { Finding } from '../../../../src/core/diagnosis/finding'
import { aRun, aPeer } from '../../builders'

/** `web@tolkewitz` for each container; all of them run and have addresses of their own. */
export function peersOf(...places: readonly string[]): readonly Peer[] {
  return places.map((place, index) => {
    const [name = '', host = ''] = place.split('@')
    const address = `10.0.1.${index + 2}`
    // Containers of one name on two hosts are two.
    return { ...aPeer(name, host, { address, addresses: [{ address, network: 'gnswarm' }] }), containerId: place }
  })
}

export function pass(kind: CheckKind): Check {
  return { kind, result: 'pass', observation: 'ok', detail: `${kind} is fine` }
}

export function fail(kind: CheckKind, observation: Observation, over: Partial<Check> = {}): Check {
  return { kind, result: 'fail', observation, detail: `${kind}: ${observation}`, ...over }
}

export const fine: readonly Check[] = [pass('name'), pass('icmp')]
/** What a closed data path leaves: names still resolve. */
export const lost: readonly Check[] = [pass('name'), fail('icmp', 'lost')]
export const unknownName: readonly Check[] = [fail('name', 'unknown-name'), pass('icmp')]

/** Every ordered pair of the peers with the checks that `judge` gives it, each a check of its own. */
export function anOutcome(
  peers: readonly Peer[],
  judge: (from: Peer, to: Peer) => readonly Check[],
  over: Partial<TestOutcome> = {},
): TestOutcome {
  const pairs = peers.flatMap((from) =>
    peers
      .filter((to) => to !== from)
      .map((to) =>
        evaluatePair(
          from,
          to,
          judge(from, to).map((check) => ({ ...check })),
        ),
      ),
  )
  return { network: aRun().network, pairs, unreachableHosts: [], ...over }
}

/** The findings, and a proof that every failing pair is explained by one. */
export function findingsOf(outcome: TestOutcome): readonly Finding[] {
  const findings = diagnose(outcome)
  const explained = new Set(findings.flatMap(({ pairs = [] }) => pairs.map(({ from, to }) => `${from}→${to}`)))
  const unexplained = outcome.pairs
    .filter(({ result }) => result === 'fail')
    .map(({ from, to }) => `${from.containerId}→${to.containerId}`)
    .filter((pair) => !explained.has(pair))
  if (unexplained.length > 0) throw new Error(`No finding explains ${unexplained.join(', ')}`)
  return findings
}

export function causesOf(outcome: TestOutcome): readonly string[] {
  return findingsOf(outcome).map(({ cause }) => cause)
}
