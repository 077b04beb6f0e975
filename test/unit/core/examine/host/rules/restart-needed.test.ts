import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { aDockerUnit } from '../../../../examine-builders'

const words = ['/usr/bin/dockerd', '-H', 'fd://', '--debug']

describe('restart-needed', () => {
  it('shows both command lines', () => {
    const found = only('restart-needed', { commandLine: { words, flags: [] } })
    expect(found.evidence[1]).toBe('It would be started as “/usr/bin/dockerd -H fd:// --debug”.')
  })

  it('keeps quiet where variables may come from where nobody looked', () => {
    const unit = aDockerUnit()
    const fragment = { ...unit.fragment!, text: 'EnvironmentFile=-/etc/sysconfig/own\n' }
    const execStarts = [{ file: fragment.path, line: 2, command: '/usr/bin/dockerd $OWN' }]
    expect(causesIn({ units: [{ ...unit, fragment, execStarts }], commandLine: { words, flags: [] } })).toEqual([])
  })
})
