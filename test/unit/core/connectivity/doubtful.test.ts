import { describe, expect, it } from 'vitest'
import { doubtfulPairs } from '../../../../src/core/connectivity/doubtful'
import type { Check, Observation } from '../../../../src/core/connectivity/types'
import { aContainer, aFleet, aHost, anId, aPair, aPeer, noon } from '../../builders'
import { omit } from '../../omit'

const old = aContainer({ name: 'old1', createdAt: noon - 3_600_000, status: 'Up 1 hour' })
const fleetWith = (over: Partial<typeof old>) =>
  aFleet([aHost('tolkewitz', { containers: [old, { ...old, id: anId('web'), name: 'web', ...over }] })])
const [old1, web] = [aPeer('old1', 'tolkewitz'), aPeer('web', 'tolkewitz')]

const fail = (kind: Check['kind'], observation: Observation): Check => ({
  kind,
  result: 'fail',
  observation,
  detail: '',
})
const ping: Check = { kind: 'icmp', result: 'pass', observation: 'ok', detail: '' }
const doubtful = (checks: readonly Check[], over: Partial<typeof old> = {}) =>
  doubtfulPairs([aPair(old1, web, { result: 'fail', checks })], fleetWith(over), noon).length

describe('doubtfulPairs', () => {
  it.each<Observation>(['unknown-name', 'wrong-address', 'several-addresses'])('looks twice at %s', (observation) => {
    expect(doubtful([fail('name', observation), ping])).toBe(1)
  })

  it('looks twice at silence only where an end has just started', () => {
    const lost = [fail('icmp', 'lost'), fail('tcp', 'lost')]
    expect(doubtful(lost)).toBe(0)
    expect(doubtful(lost, { status: 'Up 4 seconds' })).toBe(1)
    expect(doubtful(lost, { status: 'Up Less than a second' })).toBe(1)
    expect(doubtful(lost, { status: 'Up 45 seconds' })).toBe(0)
    expect(doubtful(lost, { createdAt: noon - 5_000 })).toBe(1)
  })

  it('looks twice at a silent port of a container that answers otherwise: it may have been busy', () => {
    expect(doubtful([ping, fail('tcp', 'lost')])).toBe(1)
  })

  it.each([
    ['a closed port', [ping, fail('tcp', 'refused')]],
    ['a dead resolver', [fail('name', 'resolver-timeout'), ping]],
    ['a success', [ping]],
  ])('does not look twice at %s', (_name, checks) => {
    expect(doubtful(checks)).toBe(0)
  })

  it('looks twice at a target whose address is not known yet, but not at one that does not run', () => {
    const young = omit(web, 'address')
    expect(doubtfulPairs([aPair(old1, young)], fleetWith({}), noon)).toHaveLength(1)
    expect(doubtfulPairs([aPair(old1, { ...young, isRunning: false })], fleetWith({}), noon)).toEqual([])
  })
})
