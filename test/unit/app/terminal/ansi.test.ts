import { expect, it } from 'vitest'
import { asLines } from '../../../../src/app/terminal/ansi'

it('gives terminal line ends', () => {
  expect(asLines('one\ntwo\r\nthree')).toBe('one\r\ntwo\r\nthree')
})

it('takes escape sequences out of a text from elsewhere', () => {
  expect(asLines('no \u001B]0;title\u0007\u009B2J\u001B[2Jhost\u0008\nat all')).toBe('no host\r\nat all')
})
