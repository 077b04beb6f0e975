import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { routeEntry } from '../../../../src/core/connectivity/route-entry'

describe('routeEntry', () => {
  it.each([
    [['10.0.1.0/24'], '0001000A 00FFFFFF'],
    [['10.20.30.40/8'], '0000000A 000000FF'],
    [['172.18.7.128/25'], '800712AC 80FFFFFF'],
    [['fd00::/64', '192.168.0.0/16'], '0000A8C0 0000FFFF'],
  ])('writes %j as the kernel does', (subnets, expected) => {
    expect(routeEntry(subnets)).toBe(expected)
  })

  it('knows none without an IPv4 subnet', () => {
    expect(routeEntry(['fd00::/64'])).toBeUndefined()
    expect(routeEntry([])).toBeUndefined()
    expect(routeEntry(['; rm -rf /'])).toBeUndefined()
  })

  it('writes only what a script can take as it is', () => {
    expect(routeEntry(['10.0.1.0/24'])).toMatch(/^[0-9A-F]{8} [0-9A-F]{8}$/)
  })

  it('has the form of this machine’s own table', () => {
    const [header = ''] = readFileSync('/proc/net/route', 'utf8').split('\n')
    expect(header.split(/\s+/).slice(0, 8)).toEqual('Iface Destination Gateway Flags RefCnt Use Metric Mask'.split(' '))
  })
})
