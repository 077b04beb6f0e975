import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostRules } from '../../src/core/fleet/findings/host-rule-list'
import { rules } from '../../src/core/diagnosis/rules/rule-list'

const page = readFileSync(join(import.meta.dirname, '../../docs/findings.md'), 'utf8')
const sections = (level: string) =>
  [...page.matchAll(new RegExp(`^${level} ([a-z0-9-]+)$`, 'gm'))].map((match) => match[1])

describe('the page of findings', () => {
  it('has a section for each rule, in the order in which they are asked', () => {
    expect(sections('##')).toEqual(rules.map(({ id }) => id))
  })

  it('has a part for each rule about hosts, in the order in which they are shown', () => {
    expect(sections('###')).toEqual(hostRules.map(({ cause }) => cause))
  })
})
