import { describe, expect, it } from 'vitest'
import {
  describeRollOut,
  nameWithRole,
  summarizeRollOut,
} from '../../../../../src/core/repair/roll-out/describe-roll-out'
import { aRepair } from '../../../repair-builders'

const parts = [
  { hostName: 'lindenau', role: 'worker', plan: aRepair(), others: ['The disk is *full*'] },
  { hostName: 'tolkewitz', role: 'leader', plan: aRepair(), others: [] },
] as const
const leftOut = [{ hostName: 'miltitz', why: 'ada cannot become root there.' }]

describe('describeRollOut', () => {
  const text = describeRollOut(parts, leftOut)

  it('has the order first, then every command of every plan', () => {
    expect(text).toMatch(
      /\| +1 \| lindenau +\| worker \| Move the drop-in[^|]*\| medium \|\n\| +2 \| tolkewitz \| leader/,
    )
    expect(text.match(/systemctl restart docker\.service/g)).toHaveLength(2)
    expect(text).toContain('It stops at the first that is not as it should be')
  })

  it('says what is not repaired and who is left out, with its text made harmless', () => {
    expect(text).toContain('Not repaired now on lindenau: The disk is \\*full\\*.')
    expect(text).toContain('miltitz is left out. ada cannot become root there.')
  })
})

describe('summarizeRollOut', () => {
  it('has a line for each host, and what else happens there', () => {
    const lines = summarizeRollOut(parts, leftOut).split('\n')
    expect(lines.slice(0, 3)).toEqual([
      '1. lindenau (worker): Move the drop-in override.conf aside',
      '    The containers web and db stop and come back.',
      '2. tolkewitz (leader): Move the drop-in override.conf aside',
    ])
    expect(lines).toContain('miltitz is left out: ada cannot become root there.')
  })
})

describe('nameWithRole', () => {
  it('leaves the role away outside of a swarm', () => {
    expect(nameWithRole('kaditz', 'none')).toBe('kaditz')
  })
})
