import { evaluatePair } from '../../../../src/core/connectivity/evaluate'
import type { Check, PairResult, Peer } from '../../../../src/core/connectivity/types'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import { diagnose } from '../../../../src/core/diagnosis/diagnose'
import type { FurtherName, NameResult } from '../../../../src/core/connectivity/names/types'
import { aRun } from '../../builders'
import { aNameResult, aRoundRobin, aServiceName } from '../connectivity/names/a-name'
import { fail, lost, pass, peersOf } from '../diagnosis/outcome'

/** 2026-03-04 14:03:22 UTC, wherever the tests run. */
const startedAt = Date.UTC(2026, 2, 4, 14, 3, 22)

const healthy: readonly Check[] = [
  { ...pass('target'), detail: 'It is running' },
  { ...pass('name'), detail: 'The name is 10.0.1.2', addresses: ['10.0.1.2'], ms: 10 },
  { ...pass('icmp'), detail: 'Answers to ping', ms: 0.552 },
  { ...pass('tcp'), detail: 'TCP port 80: connected', port: 80, ms: 10 },
  { ...pass('http'), detail: 'HTTP on port 80: 200 OK', port: 80, ms: 20 },
]

function aDiagnosedRun(pairs: readonly PairResult[], over: Partial<ConnectivityRun> = {}): ConnectivityRun {
  const run = aRun({ startedAt, pairs, ...over })
  return { ...run, findings: diagnose(run) }
}

function allPairs(peers: readonly Peer[], judge: (from: Peer, to: Peer) => PairResult): readonly PairResult[] {
  return peers.flatMap((from) => peers.filter((to) => to !== from).map((to) => judge(from, to)))
}

/** Three containers on two hosts; all is well. */
export function aGreenRun(): ConnectivityRun {
  const peers = peersOf('shell1@miltitz', 'shell2@tolkewitz', 'web@tolkewitz')
  return aDiagnosedRun(
    allPairs(peers, (from, to) => evaluatePair(from, to, healthy)),
    { execs: 3 },
  )
}

/** A stopped target, a broken way, a closed port, a filtered ping, a source without a shell, a host that is away. */
export function aRedRun(): ConnectivityRun {
  const [shell1, bare, web, deaf, far] = peersOf(
    'shell1@miltitz',
    'bare@miltitz',
    'web@tolkewitz',
    'deaf@tolkewitz',
    'far@lindenau',
  ) as [Peer, Peer, Peer, Peer, Peer]
  const stopped: Peer = { ...web, isRunning: false, state: 'exited' }
  const pairs = allPairs([shell1, bare, stopped, deaf, far], (from, to) => {
    const untested = (reason: string): PairResult => ({ from, to, result: 'not-tested', reason, checks: [] })
    if (from === stopped) return untested('web is not running (exited), so nothing can be asked from it')
    if (from === bare) return untested('The image of bare has no shell (sh) to probe from')
    if (to === stopped)
      return evaluatePair(from, to, [fail('target', 'not-running', { detail: 'web is not running (exited)' })])
    const isFar = (from === far && to.host === 'tolkewitz') || (to === far && from.host === 'tolkewitz')
    if (isFar) return evaluatePair(from, to, [...lost])
    if (to === deaf)
      return evaluatePair(from, to, [
        pass('name'),
        fail('icmp', 'lost', { detail: 'No answer to 3 pings' }),
        fail('tcp', 'refused', { port: 80, detail: 'TCP port 80: connection refused' }),
      ])
    return evaluatePair(from, to, healthy)
  })
  const unreachableHosts = [{ hostId: 'settings:kaditz', host: 'kaditz', reason: 'connection refused.' }]
  return aDiagnosedRun(pairs, { execs: 3, durationMs: 6_400, unreachableHosts })
}

/** Twenty-four containers on three hosts, one host cut off. */
export function aLargeRun(): ConnectivityRun {
  const hosts = ['lindenau', 'miltitz', 'tolkewitz']
  const peers = peersOf(...Array.from({ length: 24 }, (_, i) => `c${i + 1}@${hosts[i % 3]!}`))
  const isBroken = (from: Peer, to: Peer) => from.host !== to.host && [from.host, to.host].includes('tolkewitz')
  const pairs = allPairs(peers, (from, to) => evaluatePair(from, to, isBroken(from, to) ? lost : healthy))
  return aDiagnosedRun(pairs, { execs: 24, durationMs: 5_100 })
}

/** Every pair passes; a service does not answer at its own address, one name is stale, an alias and full names are well. */
export function aRunWithNames(): ConnectivityRun {
  const [shell1, shell2, task] = peersOf('shell1@miltitz', 'shell2@tolkewitz', 'web.1@tolkewitz') as [Peer, Peer, Peer]
  const web: Peer = { ...task, service: 'web' }
  const ok = (...addresses: readonly string[]): Check => ({
    ...pass('name'),
    addresses,
    detail: `It is ${addresses.join()}`,
  })
  const silent = fail('tcp', 'lost', { port: 80, detail: 'TCP port 80: no answer (at 10.0.1.50)', ms: 2_000 })
  const alias: FurtherName = {
    ...{ name: 'db', form: 'alias', standsFor: 'shell2 on tolkewitz', isWhole: true, ports: [] },
    meant: [{ address: '10.0.1.3', owner: 'shell2 on tolkewitz', isRequired: true }],
  }
  const full: FurtherName = { ...alias, name: 'shell2.gnswarm', form: 'full-name' }
  const api = aRoundRobin(['10.0.1.4'], { name: 'api', service: 'api', standsFor: 'service api' })
  const stale = fail('name', 'several-addresses', {
    addresses: ['10.0.1.2', '10.0.1.4', '10.0.1.60'],
    detail: 'api is 10.0.1.4 and 10.0.1.60, of which 10.0.1.60 is none of its own',
  })
  const untested = { kind: 'name', result: 'not-tested', observation: 'no-tool', detail: 'No tool' } as const
  const names: readonly NameResult[] = [
    { ...aNameResult(shell1, aServiceName(), [ok('10.0.1.50'), silent]), hasIpvs: false },
    { ...aNameResult(shell2, aServiceName(), [ok('10.0.1.50'), silent]), hasIpvs: false },
    aNameResult(web, aServiceName({ isOwn: true }), [ok('10.0.1.50')]),
    aNameResult(shell1, api, [stale]),
    aNameResult(shell1, alias, [ok('10.0.1.3')]),
    aNameResult(shell1, full, [ok('10.0.1.3')]),
    { ...aNameResult(shell2, alias, [untested]), result: 'not-tested', reason: 'No tool' },
  ]
  return aDiagnosedRun(
    allPairs([shell1, shell2, web], (from, to) => evaluatePair(from, to, healthy)),
    {
      ...{ execs: 3, names, nameNotes: ['web on miltitz was not asked for its aliases: it is away.'] },
      gateways: [{ ...shell1, address: '172.18.0.3' }],
    },
  )
}

/** Names that would do harm in Markdown, XML or a terminal, and one that two containers have. */
export function aHostileRun(): ConnectivityRun {
  const evil = '<img src=x onerror=alert(1)>|**bold**\u001b[31m\u0000`code`'
  const peers = peersOf(`${evil}@to|lke<b>witz`, `web@to|lke<b>witz`, 'web@miltitz')
  const pairs = allPairs(peers, (from, to) =>
    evaluatePair(from, to, [pass('name'), fail('tcp', 'refused', { port: 80, detail: `said ${evil} \ufffe` })]),
  )
  const target = aServiceName({ name: evil, service: evil, standsFor: `service ${evil}` })
  const names = [aNameResult(peers[0]!, target, [fail('name', 'unknown-name', { detail: `said ${evil} \ufffe` })])]
  return aDiagnosedRun(pairs, { names, network: { ...aRun().network, name: 'net]]>&"\u0007_x_' } })
}
