import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'
import { aLocal, aReading } from '../reading'

const three = peersOf('api@lindenau', 'shell2@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const ok = [...fine, pass('mtu'), pass('tcp')]
const noTcp = [...fine, pass('mtu'), fail('tcp', 'lost', { port: 80 })]
const outcome = anOutcome(three, (from, to) =>
  from.host !== to.host && [from, to].some(({ host }) => host === 'lindenau') ? noTcp : ok,
)

describe('checksum-offload', () => {
  it('is inferred where every ping passes between hosts and no TCP does', () => {
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'checksum-offload', hosts: ['lindenau'], confidence: 60 })
  })

  it('is surer by the card’s driver', () => {
    const local = aLocal({ links: [{ name: 'ens192', mtu: 1500, driver: 'vmxnet3' }] })
    const [finding] = findingsOf({ ...outcome, reading: aReading({ hosts: { lindenau: { local } } }) })
    expect(finding!.confidence).toBe(80)
    expect(finding!.evidence).toContain('The card ens192 of lindenau has the driver vmxnet3.')
  })

  it('does not blame the hosts for one port that answers nobody', () => {
    const silent = anOutcome(three, (_from, to) => (to.container === 'web' ? noTcp : ok))
    expect(causesOf(silent)).toEqual(['port-not-answering'])
  })
})
