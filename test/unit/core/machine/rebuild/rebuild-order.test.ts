import { describe, expect, it } from 'vitest'
import { inRebuildOrder, isSameSwarm, leftOf } from '../../../../../src/core/machine/rebuild/rebuild-order'
import type { MachineRecord } from '../../../../../src/core/model/target'
import { omit } from '../../../omit'

const machine = (name: string, isManager = false, discovery = 'etcd://store'): MachineRecord => ({
  ...{ name, driver: 'generic', store: '/store', engineFlags: [], engineLabels: [] },
  swarm: { discovery, isManager, isAgent: true },
})

describe('inRebuildOrder', () => {
  it('takes masters first, else by name', () => {
    const machines = ['b', 'z', 'a', 'm'].map((name) => ({ machine: machine(name, name === 'z' || name === 'm') }))
    expect(inRebuildOrder(machines).map(({ machine: { name } }) => name)).toEqual(['m', 'z', 'a', 'b'])
  })
})

describe('isSameSwarm', () => {
  it('goes by where they find each other, in one store', () => {
    expect(isSameSwarm(machine('a'), machine('b'))).toBe(true)
    expect(isSameSwarm(machine('a'), machine('b', false, 'etcd://other'))).toBe(false)
    expect(isSameSwarm(machine('a'), { ...machine('b'), store: '/other' })).toBe(false)
    const plain = omit(machine('c'), 'swarm')
    expect(isSameSwarm(plain, plain)).toBe(false)
  })
})

describe('leftOf', () => {
  const machines = ['a', 'b', 'c'].map((name) => machine(name))
  const stopped = { store: '/store', machines: ['a', 'b'], done: ['a'] }

  it('finds a rebuild of these machines that has something left', () => {
    expect(leftOf([stopped], machines)).toBe(stopped)
  })

  it.each([
    ['nothing was done', { ...stopped, done: [] }],
    ['all was done', { ...stopped, done: ['a', 'b'] }],
    ['it was about another store', { ...stopped, store: '/other' }],
    ['one of its machines is gone', { ...stopped, machines: ['a', 'gone'] }],
  ])('offers none where %s', (_what, unfinished) => {
    expect(leftOf([unfinished], machines)).toBeUndefined()
  })
})
