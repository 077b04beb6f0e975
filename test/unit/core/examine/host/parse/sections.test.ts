import { describe, expect, it } from 'vitest'
import { parseSections } from '../../../../../../src/core/examine/host/parse/sections'

describe('sections', () => {
  it('begin only where this run’s mark stands at the start of a line', () => {
    const output = 'motd\n\n@abc file 3 4 /a b\ntext @abc no\n@other x\n\n@abc end\n'
    expect(parseSections(output, 'abc').map(({ name, about, text }) => [name, about, text])).toEqual([
      ['file', '3 4 /a b', 'text @abc no\n@other x\n'],
      ['end', '', ''],
    ])
  })

  it('hide passwords, tokens and keys, and say so', () => {
    const output = [
      '@n env',
      'HTTP_PROXY=http://me:secret@proxy:3128 token://0123456789abcdef SWMTKN-1-abc-def',
      'New memberlist node - config:&{Keys:[[78 85 153] [146 131]] PacketBufferSize:1400}',
      '-----BEGIN EC PRIVATE KEY-----',
      'MHcCAQ',
      '-----END EC PRIVATE KEY-----',
    ].join('\n')
    const [section] = parseSections(output, 'n')
    expect(section?.isRedacted).toBe(true)
    expect(section?.text).toBe(
      'HTTP_PROXY=http://me:***@proxy:3128 token://*** SWMTKN-***\nNew memberlist node - config:&{Keys:[***] PacketBufferSize:1400}\n***',
    )
  })
})
