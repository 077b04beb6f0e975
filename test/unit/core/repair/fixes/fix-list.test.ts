import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixList, hasFix, plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import { aFindingOf, aSituation, linesOf } from '../../../repair-builders'
import { aHostFacts } from '../../../examine-builders'

const folder = join(import.meta.dirname, '../../../../../src/core/repair/fixes')
/** What fixes are made with, and no fix. */
const shared = ['fix.ts', 'fix-list.ts', 'kernel-module.ts']

describe('the list of fixes', () => {
  it('has each file of the folder, once', () => {
    const files = readdirSync(folder).filter((name) => !shared.includes(name))
    expect(fixList.map(({ cause }) => `${cause}.ts`).toSorted()).toEqual(files.toSorted())
  })

  it('knows what can be repaired', () => {
    expect(hasFix('stale-drop-in')).toBe(true)
    expect(hasFix('clock-off')).toBe(false)
  })

  it('has the engine restarted by whoever starts services, where that is not systemd', () => {
    const finding = aFindingOf('engine-stopped', { unit: undefined })
    const linesOn = (init: 'openrc' | 'sysvinit' | 'upstart' | 'unknown', path?: string) => {
      const initScript = { path: path ?? '', status: '', isRunning: false }
      const facts = aHostFacts({
        system: { name: 'S', kernel: '6.6', init },
        ...(path !== undefined && { initScript }),
      })
      return linesOf(plansFor(finding, aSituation({ facts }))[0])[0]
    }
    expect(linesOn('openrc')).toBe('rc-service docker restart')
    expect(linesOn('sysvinit', '/etc/init.d/docker')).toMatch(/stop; exec .* sh \/etc\/init\.d\/docker$/)
    expect(linesOn('upstart')).toContain('initctl start docker')
    expect(linesOn('unknown')).toBeUndefined()
  })

  it('does not ask systemd to read its files where there is none', () => {
    const file = '/etc/default/docker'
    const flags = [{ name: 'no-such', value: '1', file }]
    const system = { name: 'S', kernel: '6.6', init: 'sysvinit' } as const
    const initScript = { path: '/etc/init.d/docker', status: '', isRunning: false }
    const environmentFiles = [{ path: file, text: 'DOCKER_OPTS="--no-such=1"', isWhole: false }]
    const facts = aHostFacts({ system, initScript, environmentFiles, units: [], commandLine: { flags } })
    const [plan] = plansFor(aFindingOf('unknown-flag', { flag: 'no-such', file }), aSituation({ facts }))
    expect(plan?.steps.map(({ id }) => id)).toEqual(['flags', 'restart-engine', 'engine-answers'])
  })

  it('has nothing else for a host whose services are not systemd’s', () => {
    const finding = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })
    expect(plansFor(finding, aSituation())).toHaveLength(1)
    const system = { name: 'Alpine', kernel: '6.6', init: 'openrc' } as const
    expect(plansFor(finding, aSituation({ facts: aHostFacts({ system }) }))).toEqual([])
  })
})
