import { expect, it } from 'vitest'
import { navigate } from '../../../../src/core/topology/navigate'

/** Two rows of chips under a head, as in a card. */
const spots = [
  { key: 'head', x: 0, y: 0 },
  { key: 'a1', x: 0, y: 30 },
  { key: 'a2', x: 60, y: 30 },
  { key: 'a3', x: 120, y: 30 },
  { key: 'b1', x: 0, y: 60 },
  { key: 'b2', x: 70, y: 60 },
]

it.each([
  ['a1', 'right', 'a2'],
  ['a2', 'left', 'a1'],
  ['a2', 'down', 'b2'],
  ['b2', 'up', 'a2'],
  ['a1', 'up', 'head'],
  ['head', 'down', 'a1'],
  ['a3', 'right', 'a3'],
  ['head', 'up', 'head'],
  ['b1', 'first', 'head'],
  ['a1', 'last', 'b2'],
] as const)('leads from %s %s to %s', (from, direction, to) => expect(navigate(spots, from, direction)).toBe(to))

it('begins with the first where nothing has the focus', () => {
  expect(navigate(spots, undefined, 'down')).toBe('head')
  expect(navigate([], 'gone', 'down')).toBeUndefined()
})
