import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../../../src/core/diagnosis/rules/rule-list'

const root = resolve(import.meta.dirname, '../../../../..')
const names = (folder: string, suffix: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .filter((name) => name !== 'rule-list')
    .sort()

describe('the list of rules', () => {
  const ids = rules.map(({ id }) => id).sort()

  it('has every file of the folder, each by its name', () => {
    expect(ids).toEqual(names('src/core/diagnosis/rules', '.ts'))
  })

  it('has a test for every rule', () => {
    expect(names('test/unit/core/diagnosis/rules', '.test.ts')).toEqual(ids)
  })

  it('keeps causes that others rely on', () => {
    expect(ids).toEqual(
      expect.arrayContaining([
        'target-not-running',
        'name-not-known',
        'resolver-not-answering',
        'wrong-address',
        'duplicate-name',
        'port-closed',
        'no-path-between-hosts',
        'host-unreachable',
      ]),
    )
  })
})
