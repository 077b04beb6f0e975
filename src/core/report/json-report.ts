import { compareRuns } from '../connectivity/compare-runs'
import type { FurtherName, NameResult } from '../connectivity/names/types'
import type { Check, PairResult } from '../connectivity/types'
import { hasFailingName, isOk, type ConnectivityRun, type EarlierRun } from '../connectivity/run'
import type { Finding } from '../diagnosis/finding'
import { nameRows } from './name-rows'

/**
 * What `test --json` prints. It is an interface: documented, held by tests, and only ever added to. Hosts are named as
 * `hosts` names them.
 */
export interface ConnectivityJson {
  /** The network's name. */
  readonly network: string
  readonly networkId: string
  /** True only if nothing failed, names included, and something was tested. */
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
  /** Names of services, aliases, and names with the network's behind them; absent where none was asked for. */
  readonly names?: readonly NameJson[]
  /** Containers' addresses on their hosts' gateway bridges, by which they do not reach each other; absent where none is known. */
  readonly secondAddresses?: readonly { readonly container: string; readonly host: string; readonly address: string }[]
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

export interface NameJson {
  readonly name: string
  readonly form: FurtherName['form']
  readonly standsFor: string
  /** The service, where it is one's. */
  readonly service?: string
  readonly endpointMode?: 'vip' | 'dnsrr'
  /** The service's own address, where it has one. */
  readonly virtualAddress?: string
  /** The addresses that it may lead to, and whose they are. */
  readonly meant: readonly { readonly address: string; readonly owner: string }[]
  readonly result: NameResult['result']
  readonly results: readonly NameResultJson[]
}

/** What one container saw of a name. */
export interface NameResultJson {
  readonly from: string
  readonly fromHost: string
  readonly result: NameResult['result']
  readonly reason?: string
  readonly checks: readonly CheckJson[]
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
  /** Of `name`: what /etc/hosts of the asking container says, where the name stands there, and what its name server says then. */
  readonly hostsFile?: readonly string[]
  readonly dns?: readonly string[]
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
    ok: isOk(run) && !hasFailingName(run),
    startedAt: new Date(run.startedAt).toISOString(),
    durationMs: run.durationMs,
    execs: run.execs,
    cancelled: run.isCancelled,
    summary: summaryOf(run.pairs),
    ...(run.helped && { helped: run.helped.map(({ container, host, image }) => ({ container, host, image })) }),
    pairs: run.pairs.map(pairJson),
    ...(run.names && { names: namesJson(run) }),
    ...(run.gateways && {
      secondAddresses: run.gateways.map(({ container, host, address }) => ({ container, host, address })),
    }),
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

function namesJson(run: ConnectivityRun): readonly NameJson[] {
  return nameRows(run).map(({ target, result, results }) => {
    const { name, form, standsFor, service, endpointMode, virtualAddress, meant } = target
    return {
      ...{ name, form, standsFor },
      ...(service !== undefined && { service }),
      ...(endpointMode !== undefined && { endpointMode }),
      ...(virtualAddress !== undefined && { virtualAddress }),
      meant: meant.map(({ address, owner }) => ({ address, owner })),
      result,
      results: results.map((own) => ({
        ...{ from: own.from.container, fromHost: own.from.host, result: own.result },
        ...(own.reason !== undefined && { reason: own.reason }),
        checks: own.checks.map(checkJson),
      })),
    }
  })
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
  const { kind, result, observation, detail, port, addresses, hostsFile, dns, bytes, largestBytes, ms, pings } = check
  return {
    kind,
    result,
    observation,
    detail,
    ...(port !== undefined && { port }),
    ...(addresses && { addresses }),
    ...(hostsFile && { hostsFile }),
    ...(dns && { dns }),
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
