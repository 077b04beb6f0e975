import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellQuote } from '../../../../src/core/text/shell-quote'

describe('shellQuote', () => {
  it('leaves plain words as they are, and quotes the rest', () => {
    expect(shellQuote(['systemctl', 'is-active', 'docker.service'])).toBe('systemctl is-active docker.service')
    expect(shellQuote(['a b', '', "it's"])).toBe(String.raw`'a b' '' 'it'\''s'`)
  })

  it('passes every argument through a real shell unchanged', () => {
    const args = [
      '',
      ' ',
      "'",
      "''",
      '"',
      '`id`',
      '$(id)',
      '$HOME',
      '\\',
      '\\n',
      'a\nb',
      '*',
      '~',
      '!',
      '#',
      ';',
      '&',
      'ä€😀',
    ]
    const command = shellQuote([
      process.execPath,
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...args,
    ])
    expect(JSON.parse(execFileSync('sh', ['-c', command], { encoding: 'utf8' }))).toEqual(args)
  })

  it('refuses what no process can be given', () => {
    expect(() => shellQuote(['a\0b'])).toThrow(RangeError)
  })
})
