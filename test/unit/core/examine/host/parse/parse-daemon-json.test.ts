import { describe, expect, it } from 'vitest'
import { parseDaemonJson } from '../../../../../../src/core/examine/host/parse/parse-daemon-json'

const path = '/etc/docker/daemon.json'
const section = (text: string) => [
  { name: 'daemon-json', about: `${text.length} 1700000000 ${path}`, text, isRedacted: false },
]

describe('daemon.json', () => {
  it.each([
    ['{ "debug": true }', 'valid', undefined],
    ['', 'valid', undefined],
    ['[]', 'invalid', undefined],
    ['{\n "debug": true,\n}', 'invalid', 3],
    ['{\n "debug": tru\n}', 'invalid', 2],
    ['{\n "a": 1\n "b": 2\n}', 'invalid', 3],
    ['{\n // why\n "a": 1\n}', 'invalid', 2],
  ])('%j is %s, line %s', (text, state, line) => {
    const read = parseDaemonJson(section(text))
    expect([read.state, read.line]).toEqual([state, line])
    expect(read.isWhole).toBe(true)
  })

  it('is told from one that is not there and one that cannot be read', () => {
    expect(parseDaemonJson([]).state).toBe('absent')
    const unreadable = [{ name: 'unreadable', about: `daemon-json ${path}`, text: '', isRedacted: false }]
    expect(parseDaemonJson(unreadable).state).toBe('not-readable')
  })
})
