import { describe, expect, it } from 'vitest'
import type { FurtherName } from '../../../../../src/core/connectivity/names/types'
import { aNameResult } from '../../connectivity/names/a-name'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'
import { aReading, aView, hostAddress } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const wrong = fail('name', 'wrong-address', { addresses: ['10.0.1.77'] })
const several = fail('name', 'several-addresses', { addresses: ['10.0.1.5', '10.0.1.77'] })
const stale = (check = wrong) =>
  anOutcome(three, (from, to) => (to.container === 'web' && from.host === 'lindenau' ? [check, pass('icmp')] : fine))
const names = [{ service: '', name: 'web', address: '10.0.1.77', hostAddress: hostAddress('miltitz') }]
const hosts = { lindenau: { view: aView({ names }) } }

describe('stale-entry', () => {
  it('knows an address that nobody has, and where the entry stands', () => {
    const [finding, ...more] = findingsOf({ ...stale(), reading: aReading({ hosts }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'stale-entry', hosts: ['miltitz'], containers: ['web'], confidence: 90 })
    const evidence = finding!.evidence.join(' ')
    expect(evidence).toContain('The entry stands in the name tables of lindenau.')
    expect(evidence).toContain(`By it the container would be on miltitz (${hostAddress('miltitz')}).`)
  })

  it('finds it beside the right one, too', () => {
    expect(causesOf({ ...stale(several), reading: aReading({ hosts }) })).toEqual(['stale-entry'])
  })

  const sameAs = (endpointId: string) => names.map((entry) => ({ ...entry, endpointId }))
  const fixesAfter = (entry: string, endpoints: readonly string[]) => {
    const reading = aReading({
      hosts: { lindenau: { view: aView({ names: sameAs(entry) }) }, tolkewitz: { view: aView({ endpoints }) } },
    })
    return findingsOf({ ...stale(), reading })[0]!
  }

  it('offers to restart the engine that left it behind, and to reconnect a container whose own it is', () => {
    const left = fixesAfter('e1', ['e2'])
    expect(left.hosts).toEqual(['miltitz'])
    expect(left.fixes).toMatchObject([{ id: 'restart-engine', hostIds: ['settings:miltitz'] }])
    const own = fixesAfter('e2', ['e2'])
    expect(own.fixes).toMatchObject([{ id: 'reconnect-containers', containerIds: ['web@tolkewitz'] }])
  })

  it('explains the other names that lead there as well', () => {
    const target: FurtherName = {
      ...{ name: 'web.gnswarm', form: 'full-name', standsFor: 'web on tolkewitz', isWhole: true, ports: [] },
      meant: [{ address: '10.0.1.5', owner: 'web on tolkewitz', isRequired: true }],
    }
    const full = aNameResult(three[0]!, target, [{ ...several }])
    const [finding, ...more] = findingsOf({ ...stale(several), names: [full], reading: aReading({ hosts }) })
    expect(more).toEqual([])
    expect(finding!.names).toEqual([{ from: three[0]!.containerId, name: 'web.gnswarm' }])
  })

  it('is not sure of it while a host could not be asked, or a manager knows the address', () => {
    const away = [{ hostId: 'x', host: 'kaditz', reason: 'It is away.' }]
    expect(causesOf({ ...stale(), reading: aReading({ hosts }), unreachableHosts: away })).toEqual([
      'wrong-address',
      'host-unreachable',
    ])
    const task = { id: 't', containerId: 'c', networkIds: [], addresses: ['10.0.1.77'], state: 'running' } as const
    expect(causesOf({ ...stale(), reading: aReading({ hosts, manager: { attachments: [task] } }) })).toEqual([
      'wrong-address',
    ])
    expect(causesOf(stale())).toEqual(['wrong-address'])
  })
})
