import { describe, expect, it } from 'vitest'
import { aFailedUnit, causesIn, failed, only } from './found-by'

describe('unit-masked', () => {
  it('tells a masked unit, and one that is masked until the next boot', () => {
    const unit = { loadState: 'masked', unitFileState: 'masked', activeState: 'inactive' }
    expect(only('unit-masked', failed({ unit }))).toMatchObject({
      severity: 'error',
      details: { unit: 'docker.service', isRuntime: false },
    })
    const runtime = only('unit-masked', failed({ unit: { ...unit, unitFileState: 'masked-runtime' } }))
    expect(runtime.remedy).toContain('--runtime docker.service')
  })

  it('counts a masked socket only where the engine needs it and does not run', () => {
    const socket = aFailedUnit({ name: 'docker.socket', loadState: 'masked', unitFileState: 'masked' })
    const well = failed().units
    expect(causesIn(failed({ units: [...well, socket] }))).toEqual(['engine-failed'])
  })
})
