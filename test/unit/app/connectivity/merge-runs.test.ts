import { describe, expect, it } from 'vitest'
import { mergeRuns } from '../../../../src/app/connectivity/merge-runs'
import type { Check, Peer } from '../../../../src/core/connectivity/types'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import { diagnose } from '../../../../src/core/diagnosis/diagnose'
import type { ContainerReading, DirectionReading, HostsReading } from '../../../../src/core/host-checks/hosts-reading'
import { aRun } from '../../builders'
import { anOutcome, fail, fine, lost, pass, peersOf } from '../../core/diagnosis/outcome'
import { aReading } from '../../core/diagnosis/reading'

const peers = peersOf('api@lindenau', 'shell1@miltitz', 'web@tolkewitz')
const [api, shell1, web] = peers as [Peer, Peer, Peer]
const refused = [pass('name'), pass('icmp'), fail('tcp', 'refused', { port: 80 })]
const network = { members: peers.map((peer) => ({ ...peer, isRunning: true })) } as Parameters<
  typeof mergeRuns
>[0]['network']

const onLoopback = (peer: Peer): ContainerReading => ({
  peer,
  listening: [{ address: '127.0.0.1', port: 80, reach: 'loopback' }],
})

/** A test of the pairs that `isAsked` names. */
function aTest(
  judge: (from: Peer, to: Peer) => readonly Check[],
  { isAsked = () => true, reading }: { isAsked?: (from: Peer, to: Peer) => boolean; reading?: HostsReading } = {},
): ConnectivityRun {
  const { network: tested, pairs: all } = anOutcome(peers, judge)
  const pairs = all.filter(({ from, to }) => isAsked(from, to))
  const outcome = { network: tested, pairs, unreachableHosts: [], ...(reading && { reading }) }
  return aRun({ ...outcome, findings: diagnose(outcome) })
}

const causes = ({ findings }: ConnectivityRun) => findings.map(({ cause }) => cause)

describe('mergeRuns', () => {
  const last = aTest((_from, to) => (to === web ? refused : fine), {
    reading: aReading({ containers: [onLoopback(web)] }),
  })

  it('keeps the cause of what failed and was not asked again, where nobody looked at the hosts since', () => {
    expect(causes(last)).toEqual(['port-on-loopback'])
    const newer = aTest(() => fine, { isAsked: (from, to) => from === api && to === shell1 })
    expect(causes(mergeRuns({ last, newer, network }))).toEqual(['port-on-loopback'])
  })

  it('keeps it where the newer look at the hosts was for other failures', () => {
    const newer = aTest((_from, to) => (to === api ? refused : fine), {
      isAsked: (from, to) => from === shell1 && to === api,
      reading: aReading({ containers: [onLoopback(api)] }),
    })
    const merged = mergeRuns({ last, newer, network })
    expect(merged.findings.map(({ cause, containers }) => [cause, ...containers]).toSorted()).toEqual([
      ['port-on-loopback', 'api'],
      ['port-on-loopback', 'web'],
    ])
  })

  it('believes the newer look at a container, and what was counted of other pairs', () => {
    const direction = (from: Peer, to: Peer): DirectionReading => ({ from, to, lost: 'there', detail: 'none arrived' })
    const first = aTest((_from, to) => (to === web ? lost : fine), {
      reading: aReading({
        containers: [onLoopback(web)],
        directions: [direction(api, web), direction(shell1, web)],
      }),
    })
    const newer = aTest(() => lost, {
      isAsked: (from, to) => from === shell1 && to === web,
      reading: aReading({ containers: [{ peer: web, listening: [] }], directions: [] }),
    })
    const { reading } = mergeRuns({ last: first, newer, network })
    expect(reading?.containers).toEqual([{ peer: web, listening: [] }])
    expect(reading?.directions.map(({ from, to }) => [from.container, to.container])).toEqual([['api', 'web']])
  })

  it('forgets what was seen of the hosts once all that had failed was asked again', () => {
    const clocks = aTest((_from, to) => (to === web ? refused : fine), {
      reading: aReading({ hosts: { miltitz: { clockAheadMs: 3_600_000 } } }),
    })
    expect(causes(clocks)).toContain('clock-skew')
    const newer = aTest(() => fine, { isAsked: (_from, to) => to === web })
    const merged = mergeRuns({ last: clocks, newer, network })
    expect([causes(merged), merged.reading]).toEqual([[], undefined])
  })
})
