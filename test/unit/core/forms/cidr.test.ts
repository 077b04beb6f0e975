import { describe, expect, it } from 'vitest'
import { boundaries, contains, formatCidr, overlaps, parseCidr, usableAddresses } from '../../../../src/core/forms/cidr'

function cidr(text: string) {
  const parsed = parseCidr(text)
  if (!parsed.isValid) throw new Error(parsed.problem)
  return parsed.value
}

describe('parseCidr', () => {
  it.each([
    ['10.0.9.0/24', '10.0.9.0/24'],
    [' 10.0.9.7/24 ', '10.0.9.0/24'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['1.2.3.4/32', '1.2.3.4/32'],
    ['fd00:1::5/64', 'fd00:1::/64'],
  ])('reads %j as %s', (text, network) => {
    expect(formatCidr(cidr(text))).toBe(network)
  })

  it.each([
    ['10.0.9.0', 'has no prefix length'],
    ['', 'has no prefix length'],
    ['10.0.9.0/', 'is not a subnet'],
    ['10.0.9.0/24/3', 'is not a subnet'],
    ['10.0.9.0/+4', 'is not a subnet'],
    ['10.0.9.0/33', 'at most 32'],
    ['fd00::/129', 'at most 128'],
    ['10/8', '"10" is not an IP address'],
    ['010.0.0.0/8', 'is not an IP address'],
    ['10.0.0.256/24', 'is not an IP address'],
    ['fe80::1%eth0/64', 'is not an IP address'],
    ['web/24', 'is not an IP address'],
  ])('refuses %j', (text, problem) => {
    expect(parseCidr(text)).toEqual({ isValid: false, problem: expect.stringContaining(problem) as string })
  })
})

describe('overlaps', () => {
  it.each([
    ['10.0.1.0/24', '10.0.1.0/24', true],
    ['10.0.1.0/24', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.1.128/25', true],
    ['10.0.1.0/24', '10.0.2.0/24', false],
    ['10.0.0.0/25', '10.0.0.128/25', false],
    ['0.0.0.0/0', '203.0.113.0/24', true],
    ['fd00::/16', 'fd00:1::/64', true],
    ['0.0.0.0/0', '::/0', false],
  ])('%s and %s: %s', (a, b, answer) => {
    expect(overlaps(cidr(a), cidr(b))).toBe(answer)
    expect(overlaps(cidr(b), cidr(a))).toBe(answer)
  })
})

it('knows which addresses a network has', () => {
  expect(contains(cidr('10.0.1.0/24'), '10.0.1.255')).toBe(true)
  expect(contains(cidr('10.0.1.0/24'), '10.0.2.0')).toBe(false)
  expect(contains(cidr('10.0.1.0/24'), 'tolkewitz')).toBe(false)
  expect(boundaries(cidr('10.0.0.0/23'))).toEqual(['10.0.0.0', '10.0.1.255'])
  expect([usableAddresses(cidr('10.0.0.0/30')), usableAddresses(cidr('10.0.0.0/24'))]).toEqual([2, 254])
})
