import { describe, expect, it } from 'vitest'
import { underlayMtu } from '../../../../../src/core/connectivity/underlay-mtu'
import { inspectedEndpoint } from '../../../../../src/core/repair/network/inspected-endpoint'
import { leftEndpoints } from '../../../../../src/core/repair/network/left-endpoints'
import { restartPolicyOf } from '../../../../../src/core/repair/network/restart-policy'
import { anId, aPair, aPeer } from '../../../builders'

const id = anId('web')

describe('inspectedEndpoint', () => {
  const answer = (endpoint: object) => ({ Id: id, NetworkSettings: { Networks: { gnswarm: endpoint } } })

  it('has what the user gave, and not the alias that engines add', () => {
    const raw = answer({ Aliases: ['www', id.slice(0, 12)], IPAMConfig: { IPv4Address: '10.0.1.9' } })
    expect(inspectedEndpoint(raw, 'gnswarm')).toEqual({ aliases: ['www'], address: '10.0.1.9' })
  })

  it.each([
    answer({ Aliases: null, IPAMConfig: null }),
    answer({ IPAMConfig: {} }),
    answer({ IPAMConfig: { IPv4Address: '' } }),
    { Id: id, NetworkSettings: { Networks: {} } },
    undefined,
    'no object',
  ])('has nothing of its own: %j', (raw) => {
    expect(inspectedEndpoint(raw, 'gnswarm')).toEqual({ aliases: [] })
  })
})

describe('leftEndpoints', () => {
  it('names those that no container has', () => {
    const raw = {
      Containers: { [id]: { Name: 'web' }, 'ep-1': { Name: 'api' }, 'lb-gnswarm': { Name: 'x' }, 'ep-2': { Name: '' } },
    }
    expect(leftEndpoints(raw, [id])).toEqual(['api'])
  })

  it.each([{ Containers: null }, {}, undefined])('has none: %j', (raw) => {
    expect(leftEndpoints(raw, [])).toEqual([])
  })
})

describe('restartPolicyOf', () => {
  it('is the policy’s name, and "no" where there is none', () => {
    expect(restartPolicyOf({ HostConfig: { RestartPolicy: { Name: 'always' } } })).toBe('always')
    expect(restartPolicyOf({ HostConfig: { RestartPolicy: { Name: '' } } })).toBe('no')
    expect(restartPolicyOf(undefined)).toBe('no')
  })
})

describe('underlayMtu', () => {
  const mtu = (largestBytes: number) =>
    ({ kind: 'mtu', result: 'fail', observation: 'too-large', detail: '', largestBytes }) as const
  const across = (largest: number) => aPair(aPeer('a', 'tolkewitz'), aPeer('b', 'miltitz'), { checks: [mtu(largest)] })

  it('is what the narrowest way carries, with what the overlay adds', () => {
    expect(underlayMtu([across(1354), across(1430)], { isEncrypted: false })).toBe(1400)
    expect(underlayMtu([across(1324)], { isEncrypted: true })).toBe(1400)
  })

  it('is not known from what stays on one host, or was not measured', () => {
    const near = aPair(aPeer('a', 'tolkewitz'), aPeer('b', 'tolkewitz'), { checks: [mtu(500)] })
    expect(underlayMtu([near], { isEncrypted: false })).toBeUndefined()
  })
})
