import { describe, expect, it } from 'vitest'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { aRun } from '../../../builders'
import type { HostsReading } from '../../../../../src/core/host-checks/hosts-reading'
import { aLocal, aReading } from '../reading'
import { anOutcome, causesOf, fail, findingsOf, fine, lost, pass, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'db@lindenau', 'shell1@miltitz', 'shell2@miltitz')
const large: readonly Check[] = [...fine, pass('mtu')]
const hole: readonly Check[] = [...fine, fail('mtu', 'too-large', { bytes: 1450 })]
const measured: readonly Check[] = [...fine, fail('mtu', 'too-large', { bytes: 1450, largestBytes: 1350 })]
const touches = (host: string) => (from: Peer, to: Peer) => from.host !== to.host && [from.host, to.host].includes(host)

describe('mtu-black-hole', () => {
  it('names the host that large packets neither leave nor reach, and what the hosts carry', () => {
    const isBad = touches('miltitz')
    const [finding, ...more] = findingsOf(
      anOutcome(peers, (from, to) =>
        isBad(from, to) ? (from.container === 'web' && to.container === 'shell1' ? measured : hole) : large,
      ),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'mtu-black-hole',
      title: 'Large packets get lost between miltitz and the other hosts: above 1350 of 1450 bytes.',
      confidence: 90,
      hosts: ['miltitz'],
      remedy:
        "Raise the MTU of the links between the hosts, or make gnswarm anew with an MTU of 1400 (the option means the hosts' MTU; containers then have 1350).",
    })
    expect(finding?.evidence).toContain(
      "Packets of up to 1350 bytes came back: with VXLAN's 50 bytes the hosts carry 1400.",
    )
  })

  describe('where the hosts’ cards were looked at', () => {
    const routes = [
      { link: 'docker0', subnet: '172.17.0.0/16' },
      { link: 'eth0', subnet: '198.18.0.0/16' },
    ]
    const withMtus = (mtus: Readonly<Record<string, number>>) =>
      aReading({
        hosts: Object.fromEntries(
          Object.entries(mtus).map(([name, mtu]) => {
            const links = [
              { name: 'docker0', mtu: 1500 },
              { name: 'eth0', mtu },
            ]
            return [name, { local: aLocal({ links, routes }) }]
          }),
        ),
      })
    const find = (reading: HostsReading) => {
      const isBad = touches('miltitz')
      return findingsOf(anOutcome(peers, (from, to) => (isBad(from, to) ? measured : large), { reading }))[0]
    }

    it('quotes the MTU of those that the packets go through, and names the smallest', () => {
      const finding = find(withMtus({ lindenau: 1500, miltitz: 1400, tolkewitz: 1500 }))
      expect(finding?.evidence.filter((line) => line.includes('network card')).toSorted()).toEqual([
        'The network card eth0 of lindenau has an MTU of 1500.',
        'The network card eth0 of miltitz has an MTU of 1400.',
        'The network card eth0 of tolkewitz has an MTU of 1500.',
      ])
      expect(finding?.remedy).toMatch(/ Look first at eth0 of miltitz, which has the least\.$/)
    })

    it('looks elsewhere where all of them carry the same', () => {
      const finding = find(withMtus({ lindenau: 1500, miltitz: 1500, tolkewitz: 1500 }))
      expect(finding?.remedy).toContain('cards all have 1500: look for what carries less between them')
    })
  })

  it('advises an MTU that links have, not the four bytes more that they let through', () => {
    const more = measured.map((check) => (check.largestBytes === undefined ? check : { ...check, largestBytes: 1354 }))
    const [finding] = findingsOf(anOutcome(peers, (from, to) => (from.host === to.host ? large : more)))
    expect(finding?.remedy).toContain('an MTU of 1400 ')
  })

  it('is less sure of what was not measured, and names no figure then', () => {
    const [finding] = findingsOf(anOutcome(peers, (from, to) => (touches('miltitz')(from, to) ? hole : large)))
    expect(finding).toMatchObject({ confidence: 75, remedy: expect.not.stringMatching(/ of \d/) as string })
  })

  it('does not compute what encrypted packets take', () => {
    const network = { ...aRun().network, isEncrypted: true }
    const [finding] = findingsOf(
      anOutcome(peers, (from, to) => (from.host === to.host ? large : measured), { network }),
    )
    expect(finding?.evidence.join(' ')).not.toContain('VXLAN')
    expect(finding?.title).toBe('Large packets get lost between all hosts: above 1350 of 1450 bytes.')
  })

  it('leaves a closed data path to its own rule, and is told beside it', () => {
    const outcome = anOutcome(peers, (from, to) => {
      if (touches('lindenau')(from, to)) return lost
      return touches('miltitz')(from, to) ? hole : large
    })
    expect(causesOf(outcome)).toEqual(['no-path-between-hosts', 'mtu-black-hole'])
  })

  it('says nothing where large packets pass', () => {
    expect(causesOf(anOutcome(peers, () => large))).toEqual([])
  })
})
