import { describe, expect, it } from 'vitest'
import { parseProbe } from '../../../../src/core/connectivity/parse-probe'

const line = (...fields: readonly string[]) => ['@probe', ...fields].join('\t')

describe('parseProbe', () => {
  it('reads what the script prints', () => {
    const output = [
      line('0', 'name', '-', '0', '10', 'getent 10.0.1.2 STREAM web'),
      line('0', 'tcp', '80', '1', '', 'nc nc: timed out'),
      line('-', 'name', '-', '2', '5000', 'getent '),
      line('-', 'end', '-', '0', '', ''),
      '',
    ].join('\n')
    expect(parseProbe(output)).toEqual({
      lines: [
        { index: 0, kind: 'name', status: 0, ms: 10, text: 'getent 10.0.1.2 STREAM web' },
        { index: 0, kind: 'tcp', port: 80, status: 1, text: 'nc nc: timed out' },
        { kind: 'name', status: 2, ms: 5000, text: 'getent ' },
      ],
      isComplete: true,
    })
  })

  it('tells that the script did not come to its end', () => {
    expect(parseProbe(line('0', 'icmp', '-', '0', '', 'PING')).isComplete).toBe(false)
    expect(parseProbe('')).toEqual({ lines: [], isComplete: false })
  })

  it.each([
    ['another program’s words', 'sh: syntax error'],
    ['too few fields', line('0', 'name', '-', '0')],
    ['an unknown kind', line('0', 'smtp', '-', '0', '', '')],
    ['a target that is no number', line('x', 'name', '-', '0', '', '')],
    ['a negative target', line('-1', 'name', '-', '0', '', '')],
    ['a port out of range', line('0', 'tcp', '70000', '0', '', '')],
    ['a status out of range', line('0', 'icmp', '-', '256', '', '')],
    ['no status', line('0', 'icmp', '-', '', '', '')],
    ['a marker inside of a line', `x${line('0', 'icmp', '-', '0', '', '')}`],
  ])('skips %s', (_name, text) => {
    expect(parseProbe(`${text}\n${line('1', 'icmp', '-', '0', '', 'ok')}\n`).lines).toEqual([
      { index: 1, kind: 'icmp', status: 0, text: 'ok' },
    ])
  })

  it('takes the first of two lines about the same thing', () => {
    const output = [line('0', 'tcp', '80', '0', '', 'a'), line('0', 'tcp', '80', '1', '', 'b')].join('\n')
    expect(parseProbe(output).lines).toMatchObject([{ text: 'a' }])
  })

  it('bounds a text, and leaves out a duration that is none', () => {
    const [parsed] = parseProbe(line('0', 'http', '80', '0', 'soon', 'x'.repeat(5_000))).lines
    expect(parsed?.text).toHaveLength(1_000)
    expect(parsed).not.toHaveProperty('ms')
  })
})
