import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostFactRules } from '../../../../../../src/core/examine/host/rules/rule-list'
import { causesIn } from './found-by'

const root = join(import.meta.dirname, '../../../../../..')
const notRules = [
  'by-hand',
  'certificate-lines',
  'drop-in-problem',
  'fact-rule',
  'firewall-rules',
  'rule-list',
  'running-options',
  'seen',
]

describe('the list of rules', () => {
  const causes = hostFactRules.map(({ cause }) => cause).toSorted()

  it('has each file of the folder, once, under the cause that is its name', () => {
    const files = readdirSync(join(root, 'src/core/examine/host/rules')).map((file) => file.replace(/\.ts$/, ''))
    expect(causes).toEqual(files.filter((file) => !notRules.includes(file)).toSorted())
  })

  it('has a test for every rule', () => {
    const tests = readdirSync(import.meta.dirname).flatMap((file) => /^(.*)\.test\.ts$/.exec(file)?.[1] ?? [])
    expect(tests.filter((name) => name !== 'rule-list' && name !== 'by-hand').toSorted()).toEqual(causes)
  })

  it('has a page of the manual for every rule', () => {
    const manual = readFileSync(join(root, 'docs/examination.md'), 'utf8')
    const sections = [...manual.matchAll(/^### ([\w-]+)$/gm)].map(([, name]) => name)
    expect(sections.toSorted()).toEqual(causes)
  })

  it('finds nothing on a host that is well', () => {
    expect(causesIn({})).toEqual([])
  })
})
