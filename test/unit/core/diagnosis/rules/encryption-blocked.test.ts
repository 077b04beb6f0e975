import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, findingsOf, fine, lost, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const blocked = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? lost : fine))
const encrypted = { ...blocked, network: { ...blocked.network, isEncrypted: true } }
const plainPaths = [{ network: 'plain', hostIds: ['settings:lindenau', 'settings:miltitz'], isAnswered: true }] as const

describe('encryption-blocked', () => {
  it('is what fails where a plain network between the same hosts works', () => {
    const [finding, ...more] = findingsOf({ ...encrypted, reading: aReading({ plainPaths }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'encryption-blocked', hosts: ['miltitz'], confidence: 90 })
    expect(finding!.evidence.join(' ')).toContain('hear each other on plain, which is not encrypted')
  })

  it('is surer by a rule that has dropped ESP', () => {
    const drops = [{ protocol: 'esp', packets: 9, rule: '-A INPUT -p esp -j DROP', direction: 'in' }] as const
    const hosts = { miltitz: { firewall: { drops, isDataPathOpen: false } } }
    expect(findingsOf({ ...encrypted, reading: aReading({ hosts }) })[0]).toMatchObject({ confidence: 97 })
  })

  it('knows that encryption with another port has been broken', () => {
    const [finding] = findingsOf({ ...encrypted, reading: aReading({ plainPaths, dataPathPort: 7777 }) })
    expect(finding!.alternatives!.join(' ')).toContain('7777')
  })

  it('does not decide without a plain network, nor where that fails as well', () => {
    expect(causesOf({ ...encrypted, reading: aReading() })).toEqual(['data-path-closed'])
    const broken = plainPaths.map((path) => ({ ...path, isAnswered: false }))
    expect(causesOf({ ...encrypted, reading: aReading({ plainPaths: broken }) })).toEqual(['data-path-closed'])
  })
})
