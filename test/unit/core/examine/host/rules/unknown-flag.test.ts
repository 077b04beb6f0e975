import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

describe('unknown-flag', () => {
  it('names the flag and the file that it stands in', () => {
    const flags = [{ name: 'cluster-store', value: 'etcd://10.0.0.5:2379', file: '/etc/default/docker' }]
    const found = only('unknown-flag', failed({ commandLine: { flags }, log: ['unknown flag: --cluster-store'] }))
    expect(found.details).toEqual({ flag: 'cluster-store', file: '/etc/default/docker' })
  })
})
