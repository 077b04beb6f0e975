import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)
const at = (address: string, isDataPathOpen: boolean) =>
  aReading({ hosts: { miltitz: { address, firewall: { drops: [], isDataPathOpen }, gossip: [] } } })

describe('data-path-open', () => {
  it('is said of a public address without any filter', () => {
    const findings = findingsOf({ ...well, reading: at('93.184.216.34', true) })
    expect(findings.map(({ cause }) => cause)).toContain('data-path-open')
    const finding = findings.find(({ cause }) => cause === 'data-path-open')
    expect(finding).toMatchObject({ hosts: ['miltitz'], confidence: 60 })
    expect(finding!.fixes).toEqual([
      {
        ...{ id: 'limit-ports', title: 'Let only the other hosts send to 4789/udp of miltitz' },
        ...{ containerIds: [], hostIds: ['settings:miltitz'] },
      },
    ])
    expect(finding!.alternatives![0]).toContain('provider')
  })

  it('is not said of a private address, nor where a filter drops something', () => {
    expect(causesOf({ ...well, reading: at('192.168.1.5', true) })).not.toContain('data-path-open')
    expect(causesOf({ ...well, reading: at('93.184.216.34', false) })).not.toContain('data-path-open')
  })
})
