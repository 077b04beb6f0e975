import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostRules } from '../../../../../src/core/fleet/findings/host-rule-list'

const folder = join(import.meta.dirname, '../../../../../src/core/fleet/findings')
const notRules = ['host-rule', 'host-rule-list', 'find-host-findings']

describe('the list of rules about hosts', () => {
  it('has each file of the folder, once, under the id that is its name', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
    const expected = files.filter((file) => !notRules.includes(file))
    expect(hostRules.map(({ cause }) => cause).toSorted()).toEqual(expected.toSorted())
  })
})
