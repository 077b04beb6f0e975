import { describe, expect, it } from 'vitest'
import { causesIn, failed, foundIn, only, withDropIns } from './found-by'

const second: readonly [string, string] = ['override.conf', '[Service]\nExecStart=/usr/bin/dockerd -H fd:// --debug']

describe('duplicate-exec-start', () => {
  it('tells the drop-in that forgot to reset the unit’s own command line', () => {
    const unit = { ...withDropIns(second), loadState: 'bad-setting' }
    const log = [
      'docker.service: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
    ]
    const found = only('duplicate-exec-start', failed({ unit, log }))
    expect(found.details.dropIn).toBe('/etc/systemd/system/docker.service.d/override.conf')
    expect(found.details.surplus.map(({ file }) => file)).toEqual(['/lib/systemd/system/docker.service'])
    expect(found.evidence).toHaveLength(3)
  })

  it('tells it also while the engine still runs: it will not start again', () => {
    const found = foundIn({
      units: [{ ...failed({ unit: withDropIns(second) }).units[0]!, activeState: 'active' }],
      processes: [],
    })
    expect(found.map(({ cause }) => cause)).toEqual(['duplicate-exec-start'])
  })

  it('is not there where an empty line resets', () => {
    const reset = withDropIns(['override.conf', '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H fd://'])
    expect(causesIn(failed({ unit: reset }))).toEqual(['engine-failed'])
  })
})
