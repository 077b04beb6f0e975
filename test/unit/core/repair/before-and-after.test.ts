import { describe, expect, it } from 'vitest'
import { beforeAndAfter } from '../../../../src/core/repair/before-and-after'
import { aFindingOf } from '../../repair-builders'

const masked = aFindingOf('unit-masked', { unit: 'docker.service', isRuntime: false })
const stopped = aFindingOf('engine-stopped', { unit: 'docker.service' })
const disabled = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })

describe('beforeAndAfter', () => {
  it('says what is gone, what is left and what is new', () => {
    const text = beforeAndAfter('tolkewitz', { before: [masked, stopped], after: [stopped, disabled] })
    expect(text).toBe('tolkewitz: gone is “unit-masked”. Still there: “engine-stopped”. New: “unit-disabled”.')
  })

  it('says that all is well, or that nothing changed', () => {
    expect(beforeAndAfter('tolkewitz', { before: [masked], after: [] })).toBe(
      'tolkewitz: gone is “unit-masked”. Nothing else is wrong.',
    )
    expect(beforeAndAfter('tolkewitz', { before: [masked], after: [masked] })).toContain('nothing of what was found')
  })
})
