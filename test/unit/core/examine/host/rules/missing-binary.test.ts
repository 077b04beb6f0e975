import { describe, expect, it } from 'vitest'
import { failed, foundIn, only } from './found-by'

describe('missing-binary', () => {
  it('says where the program is instead', () => {
    const program = { found: ['/usr/sbin/dockerd'], missing: ['/usr/bin/dockerd'] }
    const found = only('missing-binary', failed({ program }))
    expect(found.details).toMatchObject({ program: '/usr/bin/dockerd', found: ['/usr/sbin/dockerd'] })
    expect(found.evidence).toContain('There is /usr/sbin/dockerd.')
  })

  it('says so where Docker is not installed at all', () => {
    const found = foundIn({ ...failed({ program: { found: [], missing: [] } }), units: [] })
    expect(found.map(({ title }) => title)).toEqual(['Docker is not installed'])
  })
})
