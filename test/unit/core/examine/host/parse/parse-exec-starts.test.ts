import { describe, expect, it } from 'vitest'
import { inForce, parseExecStarts } from '../../../../../../src/core/examine/host/parse/parse-exec-starts'

describe('ExecStart lines', () => {
  it('are joined over continued lines, and comments between them do not end them', () => {
    const text =
      '[Service]\n# ExecStart=/no\nExecStart=/usr/bin/dockerd \\\n  # why\n  -H fd:// \\\n  --debug\nExecStartPre=/x\n'
    expect(parseExecStarts('/u', text)).toEqual([{ file: '/u', line: 3, command: '/usr/bin/dockerd -H fd:// --debug' }])
  })

  it('are in force after the last reset', () => {
    const files = ['ExecStart=/a', 'ExecStart=\nExecStart=/b', 'ExecStart=/c'].map((text, index) => ({
      execStarts: parseExecStarts(String(index), text),
    }))
    expect(inForce(files).map(({ command }) => command)).toEqual(['/b', '/c'])
  })
})
