import { stripControl } from '../text/sanitize'
import type { TestedNetwork } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { Finding } from '../diagnosis/finding'
import { hostCheckList } from './checks/check-list'
import { notTested, type CheckEvidence, type CheckVerdict, type Verdict } from './host-check'

/** One host's row. */
export interface CheckedHost {
  readonly host: string
  readonly address: string
  /** Why it could not be asked; absent where it was. */
  readonly notAsked?: string
  /** One for each check, in the order of the list. */
  readonly verdicts: readonly (CheckVerdict & { readonly check: string })[]
}

/** What was found when the hosts of a network were checked. */
export interface HostsCheck {
  readonly network: TestedNetwork
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly durationMs: number
  readonly isCancelled: boolean
  readonly hosts: readonly CheckedHost[]
  readonly findings: readonly Finding[]
  /** What was not looked at, and why; one sentence each. */
  readonly notes: readonly string[]
}

/** A host that belongs to the network’s cluster. */
export interface ExpectedHost {
  readonly id: string
  readonly name: string
  readonly address: string
  /** Why it cannot be asked; absent where it can. */
  readonly reason?: string
}

/**
 * Every check for every host. A host that could not be asked has a row, too: with the reason, and without a verdict.
 *
 * @param hostMtu as `CheckEvidence` has it
 */
export function judgeHosts(
  run: ConnectivityRun,
  { expected, hostMtu }: { readonly expected: readonly ExpectedHost[]; readonly hostMtu: number },
): HostsCheck {
  const { network, pairs, reading, startedAt, durationMs, isCancelled, findings } = run
  const evidence = reading && { network, hostMtu, pairs, reading }
  return {
    ...{ network, at: startedAt, durationMs, isCancelled, findings },
    hosts: expected.map((host) => rowOf(host, evidence)),
    notes: reading?.notes ?? [],
  }
}

function rowOf(host: ExpectedHost, evidence: CheckEvidence | undefined): CheckedHost {
  const row = { host: host.name, address: host.address }
  const own = evidence?.reading.hosts.find(({ hostId }) => hostId === host.id)
  if (evidence === undefined || own === undefined) {
    const notAsked = evidence
      ? (host.reason ?? 'It did not say what it is.')
      : 'It was ended before the hosts were asked.'
    const verdict = notTested(stripControl(notAsked))
    return {
      ...row,
      notAsked: verdict.reason,
      verdicts: hostCheckList.map(({ id }) => ({ check: id, ...verdict })),
    }
  }
  return {
    ...row,
    verdicts: hostCheckList.map((check) => {
      const { verdict, reason } = check.judge(own, evidence)
      return { check: check.id, verdict, reason: stripControl(reason) }
    }),
  }
}

/** How many checks of all hosts came out how. */
export function countVerdicts({ hosts }: Pick<HostsCheck, 'hosts'>): Readonly<Record<Verdict, number>> {
  const counts = { ok: 0, failed: 0, 'not-tested': 0 }
  for (const { verdicts } of hosts) for (const { verdict } of verdicts) counts[verdict]++
  return counts
}
