import { describe, expect, it } from 'vitest'
import { evaluatePair } from '../../../../src/core/connectivity/evaluate'
import type { Check, CheckKind, CheckResult, Observation } from '../../../../src/core/connectivity/types'
import { aPeer } from '../../builders'

const check = (kind: CheckKind, result: CheckResult, observation: Observation = 'ok'): Check => ({
  ...{ kind, result, observation, detail: `${kind} ${observation}` },
})
const evaluate = (...checks: readonly Check[]) =>
  evaluatePair(aPeer('shell1', 'miltitz'), aPeer('web', 'tolkewitz'), checks)

const known = check('name', 'pass')
const ping = check('icmp', 'pass')
const noPing = check('icmp', 'fail', 'lost')

describe('evaluatePair', () => {
  it('passes what is known by name and answers', () => {
    expect(evaluate(known, ping).result).toBe('pass')
    expect(evaluate(known, ping)).not.toHaveProperty('reason')
    expect(evaluate(known, check('icmp', 'not-tested', 'no-tool'), check('tcp', 'pass')).result).toBe('pass')
    expect(evaluate(known, check('icmp', 'not-tested', 'no-tool'), check('address', 'pass')).result).toBe('pass')
  })

  it('fails without the name, though all else answers', () => {
    expect(evaluate(check('name', 'fail', 'unknown-name'), ping)).toMatchObject({
      result: 'fail',
      reason: 'name unknown-name',
    })
  })

  it('fails on an exposed port that is closed, though ping answers', () => {
    expect(evaluate(known, ping, check('tcp', 'fail', 'refused'))).toMatchObject({
      result: 'fail',
      reason: 'tcp refused',
    })
  })

  it('fails where nothing comes back', () => {
    expect(evaluate(known, noPing, check('tcp', 'fail', 'lost'))).toMatchObject({ result: 'fail', reason: 'icmp lost' })
    expect(evaluate(known, noPing).result).toBe('fail')
  })

  it.each([
    ['a connection', check('tcp', 'pass'), 'pass'],
    ['an answer from a port that nothing uses', check('address', 'pass'), 'pass'],
    ['a refused connection', check('tcp', 'fail', 'refused'), 'fail'],
  ] as const)('takes no ping for no fault next to %s', (_name, answer, result) => {
    const pair = evaluate(known, noPing, answer)
    expect(pair.result).toBe(result)
    const icmp = pair.checks.find(({ kind }) => kind === 'icmp')!
    expect(icmp).toMatchObject({ result: 'not-tested', observation: 'lost' })
    expect(icmp.detail).toMatch(/filtered, which is no fault/)
  })

  it('is not tested by a name alone', () => {
    const noTool = check('icmp', 'not-tested', 'no-tool')
    expect(evaluate(check('target', 'pass'), known, noTool)).toMatchObject({
      result: 'not-tested',
      reason: 'icmp no-tool',
    })
    expect(evaluate(check('name', 'not-tested', 'skipped'), noTool)).toMatchObject({ reason: 'icmp no-tool' })
    expect(evaluate()).toMatchObject({ result: 'not-tested', reason: 'Nothing was tested' })
  })

  it('passes without a name where names are not asked for', () => {
    expect(evaluate(check('name', 'not-tested', 'skipped'), ping).result).toBe('pass')
  })
})
