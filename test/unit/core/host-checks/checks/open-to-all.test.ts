import { describe, expect, it } from 'vitest'
import { openToAll } from '../../../../../src/core/host-checks/checks/open-to-all'
import { aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

const at = (address: string, isDataPathOpen: boolean, unseen?: readonly string[]) =>
  judged(openToAll, {
    reading: aReading({
      hosts: { miltitz: { address, firewall: { drops: [], isDataPathOpen, ...(unseen && { unseen }) } } },
    }),
  })['miltitz']

describe('open-to-all', () => {
  it('fails at a public address without a filter', () => {
    expect(at('93.184.216.34', true)?.verdict).toBe('failed')
    expect(at('192.168.1.5', true)?.verdict).toBe('ok')
  })

  it('says what was not seen, and does not guess what rules come to', () => {
    expect(at('93.184.216.34', true, ['nft is not installed there'])?.reason).toContain('nft is not installed there')
    expect(at('93.184.216.34', false)?.verdict).toBe('not-tested')
  })

  it('is well where everybody else is kept out, and not for another port', () => {
    const closed = (port: number) =>
      judged(openToAll, {
        reading: aReading({
          hosts: {
            miltitz: { firewall: { drops: [], isDataPathOpen: false, closed: [{ port, rule: '-P INPUT DROP' }] } },
          },
        }),
      })['miltitz']
    expect(closed(4789)).toMatchObject({ verdict: 'ok' })
    expect(closed(4789)?.reason).toContain('“-P INPUT DROP”')
    expect(closed(7946)?.verdict).toBe('not-tested')
  })

  it('is not told without a way in over SSH', () => {
    expect(verdicts(openToAll)).toEqual(all('not-tested'))
  })
})
