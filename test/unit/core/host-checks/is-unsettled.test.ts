import { describe, expect, it } from 'vitest'
import { isUnsettled } from '../../../../src/core/host-checks/is-unsettled'
import { isWorthAsking } from '../../../../src/core/host-checks/is-worth-asking'
import { aContainer, aFleet, aHost, anOverlay, attachedTo } from '../../builders'
import { anOutcome, fail, fine, peersOf, unknownName } from '../diagnosis/outcome'
import { aDial, aLocal, aReading, hostAddress, missing } from '../diagnosis/reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'web@tolkewitz')
const across = anOutcome(three, (from) => (from.host === 'miltitz' ? unknownName : fine))

describe('isUnsettled', () => {
  it('waits for names and for hosts that are missing', () => {
    expect(isUnsettled({ ...across, reading: aReading() })).toBe(true)
    expect(isUnsettled({ ...across, reading: aReading({ hosts: missing('miltitz') }) })).toBe(true)
  })

  it('does not wait where a port does not answer, or the node is down', () => {
    const hosts = missing('miltitz')
    const local = aLocal({ dials: [aDial('miltitz', 7946, 'lost')] })
    const silent = aReading({ hosts: { ...hosts, lindenau: { ...hosts['lindenau'], local } } })
    expect(isUnsettled({ ...across, reading: silent })).toBe(false)
    const down = aReading({ hosts, nodes: { miltitz: { state: 'down' } } })
    expect(isUnsettled({ ...across, reading: down })).toBe(false)
  })

  it('does not wait where no host hears of any other and none answers at the port', () => {
    const names = ['lindenau', 'miltitz', 'tolkewitz']
    const alone = (dials: (name: string) => ReturnType<typeof aDial>[]) =>
      aReading({
        hosts: Object.fromEntries(
          names.map((name) => [name, { gossip: [hostAddress(name)], local: aLocal({ dials: dials(name) }) }]),
        ),
      })
    const silent = alone((own) => names.filter((name) => name !== own).map((name) => aDial(name, 7946, 'lost')))
    expect(isUnsettled({ ...across, reading: silent })).toBe(false)
    expect(isUnsettled({ ...across, reading: alone(() => []) })).toBe(true)
  })

  it('does not wait for what does not travel', () => {
    const refused = anOutcome(three, () => [...fine, fail('tcp', 'refused', { port: 80 })])
    expect(isUnsettled({ ...refused, reading: aReading() })).toBe(false)
    expect(isUnsettled(across)).toBe(false)
  })
})

describe('isWorthAsking', () => {
  const gnswarm = anOverlay()
  const web = aContainer({ attachments: [attachedTo(gnswarm, '10.0.1.2')] })
  const fleetOf = (over: Parameters<typeof aHost>[1]) =>
    aFleet([aHost('tolkewitz', { containers: [web], networks: [gnswarm], ...over })])
  const ask = (fleet: ReturnType<typeof aFleet>, pairs = anOutcome(three, () => fine).pairs) =>
    isWorthAsking(
      fleet,
      fleet.networks.find(({ id }) => id === gnswarm.id),
      { pairs },
    )

  it('is where a pair failed, and not where all is well', () => {
    expect(ask(fleetOf({}))).toBe(false)
    expect(ask(fleetOf({}), across.pairs)).toBe(true)
  })

  it('is where a container never started, or a manager has lost a node that answers', () => {
    const late = aContainer({ name: 'late', state: 'created', attachments: [attachedTo(gnswarm)] })
    expect(ask(fleetOf({ containers: [web, late] }))).toBe(true)
    expect(ask(fleetOf({ over: { nodeState: 'down' } }))).toBe(true)
  })
})
