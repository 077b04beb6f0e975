import { describe, expect, it } from 'vitest'
import { expandHome, isAbsolutePath, thisMachine } from '../../../../src/adapters/sources/local-machine'
import { aMachine } from './temporary-folder'

const windows = aMachine({ platform: 'win32', home: String.raw`C:\Users\me` })

describe('expandHome', () => {
  it.each([
    ['~', '/home/me'],
    ['~/.ssh/id', '/home/me/.ssh/id'],
    ['~other/x', '~other/x'],
    ['/a/~/b', '/a/~/b'],
    [String.raw`~\x`, String.raw`~\x`],
  ])('expands %s to %s', (path, expanded) => expect(expandHome(path, aMachine())).toBe(expanded))

  it.each([
    ['~/.ssh/id', String.raw`C:\Users\me\.ssh\id`],
    [String.raw`~\.ssh\id`, String.raw`C:\Users\me\.ssh\id`],
    [String.raw`D:\keys\id`, String.raw`D:\keys\id`],
  ])('expands %s to %s on Windows', (path, expanded) => expect(expandHome(path, windows)).toBe(expanded))
})

describe('isAbsolutePath', () => {
  it('follows the platform', () => {
    expect(isAbsolutePath('/a', aMachine())).toBe(true)
    expect(isAbsolutePath(String.raw`C:\a`, aMachine())).toBe(false)
    expect(isAbsolutePath(String.raw`C:\a`, windows)).toBe(true)
  })
})

describe('thisMachine', () => {
  it('is this one', () => {
    const machine = thisMachine()
    expect(machine.platform).toBe(process.platform)
    expect(machine.home).not.toBe('')
    expect(machine.user).not.toBe('')
  })
})
