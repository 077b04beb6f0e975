import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixList, hasFix, plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import { aFindingOf, aSituation } from '../../../repair-builders'
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

  it('has nothing for a host whose services are not systemd’s', () => {
    const finding = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })
    expect(plansFor(finding, aSituation())).toHaveLength(1)
    const system = { name: 'Alpine', kernel: '6.6', init: 'openrc' } as const
    expect(plansFor(finding, aSituation({ facts: aHostFacts({ system }) }))).toEqual([])
  })
})
