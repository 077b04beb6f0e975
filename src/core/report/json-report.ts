import { compareRuns } from '../connectivity/compare-runs'
import { isOk, type Check, type ConnectivityRun, type EarlierRun, type PairResult } from '../connectivity/types'
import type { Finding } from '../diagnosis/finding'

/**
 * What `test --json` prints. It is an interface: documented, held by tests, and only ever added to. Hosts are named as
 * `hosts` names them.
 */
export interface ConnectivityJson {
  /** The network's name. */
  readonly network: string
  readonly networkId: string
  /** True only if nothing failed and something was tested. */
  readonly ok: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  readonly execs: number
  readonly cancelled: boolean
  readonly summary: { readonly pass: number; readonly fail: number; readonly notTested: number }
  /** Containers without tools that were asked through a helper in their network; absent where there is none. */
  readonly helped?: readonly { readonly container: string; readonly host: string; readonly image: string }[]
  readonly pairs: readonly PairJson[]
  readonly findings: readonly FindingJson[]
  /** Hosts that could have members but could not be asked. */
  readonly unreachableHosts: readonly { readonly host: string; readonly reason: string }[]
  /** What is another one than in the test before; absent for a first one. */
  readonly before?: BeforeJson
}

export interface BeforeJson {
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly summary: ConnectivityJson['summary']
  /** Causes that were found then. */
  readonly causes: readonly string[]
  /** Pairs that did not pass then and pass now. */
  readonly mended: readonly ChangeJson[]
  /** Pairs that did not fail then and fail now. */
  readonly broken: readonly ChangeJson[]
}

export interface ChangeJson {
  readonly from: string
  readonly fromHost: string
  readonly to: string
  readonly toHost: string
  /** What failed then or fails now, whichever it is. */
  readonly reason?: string
}

export interface PairJson {
  readonly from: string
  readonly fromHost: string
  readonly to: string
  readonly toHost: string
  readonly result: PairResult['result']
  /** What failed first, or why nothing could be tested. */
  readonly reason?: string
  readonly checks: readonly CheckJson[]
}

export interface CheckJson {
  readonly kind: Check['kind']
  readonly result: Check['result']
  readonly observation: Check['observation']
  readonly detail: string
  readonly port?: number
  readonly addresses?: readonly string[]
  /** Of `mtu`: bytes, IP header included: what was sent, and the largest that came back where that was measured. */
  readonly bytes?: number
  readonly largestBytes?: number
  readonly ms?: number
  /** Of `icmp`: how many were sent and answered, and the round trips in milliseconds. */
  readonly pings?: Check['pings']
}

export interface FindingJson {
  readonly cause: string
  readonly title: string
  readonly confidence: number
  readonly hosts: readonly string[]
  readonly containers: readonly string[]
  readonly evidence: readonly string[]
  readonly remedy: string
  readonly fixes: readonly { readonly id: string; readonly title: string }[]
  /** What else it could be; absent where the rule names nothing. */
  readonly alternatives?: readonly string[]
}

/** A test's outcome as the command line's JSON. */
export function connectivityJson(run: ConnectivityRun): ConnectivityJson {
  return {
    network: run.network.name,
    networkId: run.network.id,
    ok: isOk(run),
    startedAt: new Date(run.startedAt).toISOString(),
    durationMs: run.durationMs,
    execs: run.execs,
    cancelled: run.isCancelled,
    summary: summaryOf(run.pairs),
    ...(run.helped && { helped: run.helped.map(({ container, host, image }) => ({ container, host, image })) }),
    pairs: run.pairs.map(pairJson),
    findings: run.findings.map(findingJson),
    unreachableHosts: run.unreachableHosts.map(({ host, reason }) => ({ host, reason })),
    ...(run.before && { before: beforeJson(run, run.before) }),
  }
}

function summaryOf(pairs: readonly PairResult[]): ConnectivityJson['summary'] {
  const count = (result: PairResult['result']) => pairs.filter((pair) => pair.result === result).length
  return { pass: count('pass'), fail: count('fail'), notTested: count('not-tested') }
}

function beforeJson(run: ConnectivityRun, before: EarlierRun): BeforeJson {
  const { mended, broken } = compareRuns(before, run)
  return {
    startedAt: new Date(before.startedAt).toISOString(),
    summary: summaryOf(before.pairs),
    causes: before.findings.map(({ cause }) => cause),
    mended: mended.map((change) => changeJson(change.now, change.before.reason)),
    broken: broken.map((change) => changeJson(change.now, change.now.reason)),
  }
}

function changeJson({ from, to }: PairResult, reason: string | undefined): ChangeJson {
  return {
    ...{ from: from.container, fromHost: from.host, to: to.container, toHost: to.host },
    ...(reason !== undefined && { reason }),
  }
}

function pairJson({ from, to, result, reason, checks }: PairResult): PairJson {
  return {
    from: from.container,
    fromHost: from.host,
    to: to.container,
    toHost: to.host,
    result,
    ...(reason !== undefined && { reason }),
    checks: checks.map(checkJson),
  }
}

/** Field by field, so that what is added inside does not become part of the interface unseen. */
function checkJson(check: Check): CheckJson {
  const { kind, result, observation, detail, port, addresses, bytes, largestBytes, ms, pings } = check
  return {
    kind,
    result,
    observation,
    detail,
    ...(port !== undefined && { port }),
    ...(addresses && { addresses }),
    ...(bytes !== undefined && { bytes }),
    ...(largestBytes !== undefined && { largestBytes }),
    ...(ms !== undefined && { ms }),
    ...(pings && { pings }),
  }
}

/** A finding as every JSON of the command line has it. */
export function findingJson(finding: Finding): FindingJson {
  const { cause, title, confidence, hosts, containers, evidence, remedy, fixes, alternatives } = finding
  return {
    ...{ cause, title, confidence, hosts, containers, evidence, remedy },
    fixes: fixes.map((fix) => ({ id: fix.id, title: fix.title })),
    ...(alternatives && { alternatives }),
  }
}
