import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostCheckList } from '../../../../../src/core/host-checks/checks/check-list'

const folder = join(import.meta.dirname, '../../../../../src/core/host-checks/checks')
const shared = ['check-list.ts', 'tcp-port.ts', 'drops.ts']

describe('the list of host checks', () => {
  it('has every file once, and each has a test', () => {
    const files = readdirSync(folder).filter((name) => !shared.includes(name))
    expect(hostCheckList.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted())
    const tests = new Set(readdirSync(import.meta.dirname))
    expect(hostCheckList.map(({ id }) => `${id}.test.ts`).filter((name) => !tests.has(name))).toEqual([])
  })
})
