import { expect, it } from 'vitest'
import { CarriageReturns } from '../../../../src/app/terminal/carriage-returns'

const converted = (...pieces: string[]): string => {
  const returns = new CarriageReturns()
  return pieces.map((piece) => returns.convert(piece)).join('')
}

it.each([
  [['a\nb\n'], 'a\r\nb\r\n'],
  [['\n\n'], '\r\n\r\n'],
  [['a\r\nb'], 'a\r\nb'],
  [['a\r', '\nb'], 'a\r\nb'],
  [['a\r', 'b\n'], 'a\rb\r\n'],
  [['a', '\nb'], 'a\r\nb'],
  [['a\r', '', '\nb'], 'a\r\nb'],
  [[''], ''],
])('%j becomes %j', (pieces, expected) => {
  expect(converted(...pieces)).toBe(expected)
})
