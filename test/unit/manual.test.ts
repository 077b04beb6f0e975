import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../src/core/diagnosis/rules/rule-list'

const page = readFileSync(join(import.meta.dirname, '../../docs/findings.md'), 'utf8')
const sections = [...page.matchAll(/^## ([a-z-]+)$/gm)].map((match) => match[1])

describe('the page of findings', () => {
  it('has a section for each rule, in the order in which they are asked', () => {
    expect(sections).toEqual(rules.map(({ id }) => id))
  })
})
