import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../../src/core/connectivity/ip-address'

describe('parseAddress', () => {
  it.each([
    ['10.0.1.2', '10.0.1.2'],
    ['FD00:0:0::2', 'fd00::2'],
    ['::1', '::1'],
  ])('reads %s as %s', (text, address) => expect(parseAddress(text)).toBe(address))

  it.each([
    undefined,
    '',
    '10.0.1',
    '256.0.0.1',
    '1',
    '0x7f.1',
    '10.0.1.2/24',
    'fe80::1%eth0',
    '10.0.1.2;id',
    'web',
    ':',
  ])('takes %j for no address', (text) => expect(parseAddress(text)).toBeUndefined())
})
