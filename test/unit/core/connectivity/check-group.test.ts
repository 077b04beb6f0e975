import { describe, expect, it } from 'vitest'
import { asksForMtu, narrowPair, narrowTarget, type CheckGroup } from '../../../../src/core/connectivity/check-group'
import type { PairResult } from '../../../../src/core/connectivity/types'
import { aPair, aPeer } from '../../builders'
import { fail, pass } from '../diagnosis/outcome'

const target = { index: 1, name: 'web', address: '10.0.1.2', wantsIpv6: false, ports: [80] }
const groups: readonly CheckGroup[] = ['names', 'ping', 'ports', 'mtu']

describe('narrowTarget', () => {
  it('asks about everything where no group is named', () => expect(narrowTarget(target, undefined)).toBe(target))

  it('asks for nothing but the name', () =>
    expect(narrowTarget(target, 'names')).toEqual({ index: 1, name: 'web', wantsIpv6: false, ports: [] }))

  it.each(['ping', 'mtu'] as const)('asks for neither name nor ports: %s', (group) =>
    expect(narrowTarget(target, group)).toEqual({ index: 1, address: '10.0.1.2', wantsIpv6: false, ports: [] }),
  )

  it('keeps the name for HTTP requests', () => expect(narrowTarget(target, 'ports')).toBe(target))

  it('looks for the MTU only where that is asked', () =>
    expect([undefined, ...groups].map(asksForMtu)).toEqual([true, false, false, false, true]))
})

describe('narrowPair', () => {
  const all: PairResult = aPair(aPeer('shell1', 'miltitz'), aPeer('web', 'tolkewitz'), {
    result: 'fail',
    reason: 'No answer',
    checks: [
      pass('target'),
      pass('name'),
      fail('icmp', 'lost', { detail: 'No answer' }),
      fail('tcp', 'refused', { port: 80, detail: 'TCP port 80: refused' }),
    ],
  })
  const narrowed = (group: CheckGroup) => {
    const { result, reason, checks } = narrowPair(all, group)
    return [result, reason, checks.map(({ kind }) => kind).join(' ')]
  }

  it('judges by the checks of the group alone', () => {
    expect(narrowPair(all, undefined)).toBe(all)
    expect(narrowed('names')).toEqual(['pass', undefined, 'target name'])
    expect(narrowed('ping')).toEqual(['fail', 'No answer', 'target icmp'])
    expect(narrowed('ports')).toEqual(['fail', 'TCP port 80: refused', 'target tcp'])
  })

  it('calls what the group had nothing to ask not tested, and says why', () => {
    expect(narrowed('mtu').slice(0, 2)).toEqual([
      'not-tested',
      'Full-size packets were not tried: no small one came back, or the MTU is not known',
    ])
    expect(narrowPair({ ...all, checks: [pass('target')] }, 'ports').reason).toBe('It exposes no TCP port')
  })

  it('fails in every group where the target does not run', () => {
    const stopped = { ...all, checks: [fail('target', 'not-running', { detail: 'web is not running' })] }
    for (const group of groups) expect(narrowPair(stopped, group)).toMatchObject({ result: 'fail' })
  })

  it('leaves alone what could not be asked at all', () => {
    const untested: PairResult = { ...all, result: 'not-tested', reason: 'The host is away', checks: [] }
    expect(narrowPair(untested, 'names')).toBe(untested)
  })
})
