import { describe, expect, it } from 'vitest'
import { planSelection, type TestSelection } from '../../../../src/app/testing/plan-selection'
import type { TestSubject } from '../../../../src/app/testing/test-subject'
import { aContainer, aFleet, aHost, anId, anOverlay, aSwarmId, attachedTo } from '../../builders'

const networkKey = aSwarmId('gnswarm')
const member = (name: string) => aContainer({ name, attachments: [attachedTo(anOverlay(), '10.0.1.9')] })
const fleet = aFleet([
  aHost('tolkewitz', { containers: [member('web'), member('shell2')], networks: [anOverlay()] }),
  aHost('miltitz', { role: 'worker', containers: [member('shell1')] }),
])
const at = (name: string) => ({
  hostId: name === 'shell1' ? 'settings:miltitz' : 'settings:tolkewitz',
  containerId: anId(name),
})
const network: TestSubject = { kind: 'network', networkKey }
const source = (from: string): TestSubject => ({ kind: 'source', networkKey, from: at(from) })
const pair = (from: string, to: string): TestSubject => ({ kind: 'pair', networkKey, from: at(from), to: at(to) })

function planned(selection: TestSelection) {
  return planSelection(fleet, selection).map(({ filter, pairs }) => ({
    filter: filter.onlyPairs?.length ?? 'all',
    pairs: pairs.map(({ from, to }) => `${from.container}→${to.container}`).toSorted(),
  }))
}

const allPairs = ['shell1→shell2', 'shell1→web', 'shell2→shell1', 'shell2→web', 'web→shell1', 'web→shell2']

describe('planSelection', () => {
  it('means everything where nothing is chosen', () =>
    expect(planned({})).toEqual([{ filter: 'all', pairs: allPairs }]))

  it('means all pairs of a network', () =>
    expect(planned({ include: [network] })).toEqual([{ filter: 'all', pairs: allPairs }]))

  it('means those from one container', () =>
    expect(planned({ include: [source('web')] })).toEqual([{ filter: 2, pairs: ['web→shell1', 'web→shell2'] }]))

  it('means single pairs, as when failures are run again', () =>
    expect(planned({ include: [pair('web', 'shell1'), pair('shell2', 'web')] })).toEqual([
      { filter: 2, pairs: ['shell2→web', 'web→shell1'] },
    ]))

  it('takes out what is excluded, whatever is chosen', () => {
    expect(planned({ include: [network], exclude: [source('web'), pair('shell1', 'web')] })).toEqual([
      { filter: 3, pairs: ['shell1→shell2', 'shell2→shell1', 'shell2→web'] },
    ])
    expect(planned({ include: [source('web')], exclude: [network] })).toEqual([])
  })

  it('tells a container from another one with its id at another host', () =>
    expect(
      planned({ include: [{ ...source('web'), from: { ...at('web'), hostId: 'settings:miltitz' } } as TestSubject] }),
    ).toEqual([]))

  it('leaves out what is gone', () =>
    expect(planned({ include: [{ kind: 'network', networkKey: 'gone' }, source('gone')] })).toEqual([]))
})
