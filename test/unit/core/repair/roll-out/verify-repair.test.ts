import { describe, expect, it } from 'vitest'
import type { HostDiagnosis } from '../../../../../src/core/examine/host/host-diagnosis'
import { whyNotVerified } from '../../../../../src/core/repair/roll-out/verify-repair'

const found = (cause: string, severity: 'error' | 'warning' = 'error') =>
  ({ cause, title: `Title of ${cause}`, severity }) as unknown as HostDiagnosis

const dropIn = found('stale-drop-in')

describe('whyNotVerified', () => {
  it('wants what was repaired to be gone, and lets be what was there before', () => {
    const disk = found('disk-full')
    expect(whyNotVerified('stale-drop-in', { before: [dropIn, disk], after: [disk] })).toBeUndefined()
    expect(whyNotVerified('stale-drop-in', { before: [dropIn], after: [dropIn] })).toBe(
      'it is still so: Title of stale-drop-in',
    )
  })

  it('counts one of two as gone', () => {
    expect(whyNotVerified('stale-drop-in', { before: [dropIn, dropIn], after: [dropIn] })).toBeUndefined()
  })

  it('wants no new error, and takes a new warning', () => {
    const because = { before: [dropIn], after: [found('engine-failed')] }
    expect(whyNotVerified('stale-drop-in', because)).toBe('since the repair: Title of engine-failed')
    expect(
      whyNotVerified('stale-drop-in', { before: [dropIn], after: [found('clock-off', 'warning')] }),
    ).toBeUndefined()
  })
})
