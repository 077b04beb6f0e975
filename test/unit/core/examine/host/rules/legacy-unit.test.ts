import { describe, expect, it } from 'vitest'
import { causesIn, failed, only } from './found-by'

import { aUnitFile } from '../../../../examine-builders'

const fragment = aUnitFile(
  '/etc/systemd/system/docker.service',
  '[Service]\nExecStart=/usr/bin/docker daemon -H fd:// --tlsverify',
)

describe('legacy-unit', () => {
  it('tells a unit of docker-machine up to 0.9', () => {
    const found = only('legacy-unit', failed({ unit: { fragment, execStarts: fragment.execStarts } }))
    expect(found.details).toMatchObject({ unit: 'docker.service', program: '/usr/bin/dockerd' })
    expect(found.details.execStart.line).toBe(2)
  })

  it('is told although systemd calls it active, as long as the client of today waits there for an engine', () => {
    const waiting = { pid: 121, name: 'docker', words: ['/usr/bin/docker', 'daemon', '-H', 'fd://'] }
    const facts = failed({
      unit: { fragment, execStarts: fragment.execStarts, activeState: 'active' },
      processes: [waiting],
      api: { isAnswering: false, text: '' },
    })
    expect(causesIn(facts)[0]).toBe('legacy-unit')
  })

  it('takes docker daemon for right where there is no dockerd', () => {
    const program = { found: [], missing: [] }
    expect(causesIn(failed({ unit: { fragment, execStarts: fragment.execStarts }, program }))).toEqual([
      'engine-failed',
    ])
  })
})
