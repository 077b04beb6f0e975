import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../../src/core/connectivity/compare-runs'
import { withBefore } from '../../../../src/core/connectivity/earlier-run'
import { aFailedRun, aFinding, anId, aPair, aPeer, aRun } from '../../builders'

const web = aPeer('web', 'tolkewitz')
const shell1 = aPeer('shell1', 'miltitz')
const shell2 = aPeer('shell2', 'lindenau')

describe('compareRuns', () => {
  it('says what is mended, what is broken, and which causes came and went', () => {
    const gone = aFinding()
    const stays = aFinding({ cause: 'port-closed', title: 'TCP port 80 is closed (3 pairs).' })
    const came = aFinding({ cause: 'no-path-between-hosts' })
    const before = aRun({
      pairs: [aPair(web, shell1, { result: 'fail' }), aPair(shell1, web), aPair(web, shell2, { result: 'not-tested' })],
      findings: [gone, stays],
    })
    const now = aRun({
      pairs: [aPair(web, shell1), aPair(shell1, web, { result: 'fail' }), aPair(web, shell2)],
      findings: [{ ...stays, title: 'TCP port 80 is closed (1 pair).' }, came],
    })
    const changes = compareRuns(before, now)
    expect(changes.mended.map(({ now: { from, to } }) => [from.container, to.container])).toEqual([
      ['web', 'shell1'],
      ['web', 'shell2'],
    ])
    expect(changes.broken).toEqual([{ before: before.pairs[1], now: now.pairs[1] }])
    expect(changes.gone).toEqual([gone])
    expect(changes.appeared).toEqual([came])
  })

  it('takes a container that was made anew under its name for the same', () => {
    const anew = { ...web, containerId: anId('another') }
    const { mended } = compareRuns(
      aRun({ pairs: [aPair(shell1, web, { result: 'fail' })] }),
      aRun({ pairs: [aPair(shell1, anew)] }),
    )
    expect(mended).toHaveLength(1)
  })

  it('takes a namesake at another host for another container', () => {
    const elsewhere = { ...web, hostId: 'settings:lindenau', host: 'lindenau' }
    const changes = compareRuns(
      aRun({ pairs: [aPair(shell1, web, { result: 'fail' })] }),
      aRun({ pairs: [aPair(shell1, elsewhere)] }),
    )
    expect([changes.mended, changes.broken]).toEqual([[], []])
  })
})

describe('withBefore', () => {
  it('keeps one step back, and no more', () => {
    const first = aFailedRun({ startedAt: 1 })
    const second = withBefore(aFailedRun({ startedAt: 2 }), first)
    const third = withBefore(aRun({ startedAt: 3 }), second)
    expect(third.before).toEqual({ startedAt: 2, pairs: second.pairs, findings: second.findings })
    expect(third.before).not.toHaveProperty('before')
  })

  it('looks past a run that somebody ended early', () => {
    const whole = aFailedRun({ startedAt: 1 })
    const cancelled = withBefore(aRun({ startedAt: 2, isCancelled: true }), whole)
    expect(withBefore(aRun({ startedAt: 3 }), cancelled).before?.startedAt).toBe(1)
    expect(withBefore(aRun(), aRun({ isCancelled: true })).before).toBeUndefined()
  })
})
