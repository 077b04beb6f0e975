import { describe, expect, it } from 'vitest'
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
    expect(finding).toMatchObject({ cause: 'stale-entry', hosts: ['lindenau'], containers: ['web'], confidence: 90 })
    expect(finding!.evidence.join(' ')).toContain(`By it the container would be at the host ${hostAddress('miltitz')}`)
  })

  it('finds it beside the right one, too', () => {
    expect(causesOf({ ...stale(several), reading: aReading({ hosts }) })).toEqual(['stale-entry'])
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
