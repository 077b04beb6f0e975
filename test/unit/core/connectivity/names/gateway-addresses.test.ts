import { describe, expect, it } from 'vitest'
import { gatewayAddresses } from '../../../../../src/core/connectivity/names/gateway-addresses'
import { fixture } from '../../../adapters/docker/fixture'

describe('gatewayAddresses', () => {
  it('gives the addresses on the bridge by the containers’ IDs', () => {
    const found = gatewayAddresses(fixture('gwbridge-20.10'))
    const [c1] = [...found].filter(([id]) => id.startsWith('77130672dc3a'))
    expect(c1?.[1]).toBe('172.18.0.3')
    expect([...found.values()].every((address) => /^172\.18\.0\.\d+$/.test(address))).toBe(true)
  })

  it('gives none for an answer that is not one', () => {
    for (const answer of [null, 'no', {}, { Containers: null }, { Containers: { a: { IPv4Address: 'x' }, b: null } }])
      expect([...gatewayAddresses(answer)]).toEqual([])
  })
})
