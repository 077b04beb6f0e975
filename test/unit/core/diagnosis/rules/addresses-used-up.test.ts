import { describe, expect, it } from 'vitest'
import { aSwarmId } from '../../../builders'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, aView, notStarted, unallocated } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const late = { ...three[1]!, state: 'created', isRunning: false } as const
const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
const containers = [notStarted(late, unallocated)]
const place = (address: string) => ({
  ...{ id: address, containerId: address, networkIds: [aSwarmId('gnswarm')], addresses: [address] },
  state: 'running' as const,
})
const view = aView({ subnets: ['10.77.0.0/29'] })
const has = { lindenau: { view }, miltitz: { view } }

describe('addresses-used-up', () => {
  it('counts containers, hosts and the gateway', () => {
    const attachments = ['10.77.0.2', '10.77.0.4', '10.77.0.6'].map(place)
    const reading = aReading({ containers, hosts: has, manager: { view, attachments } })
    const [finding, ...more] = findingsOf({ ...outcome, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'addresses-used-up', containers: ['cache'] })
    expect(finding!.title).toContain('6 of 6')
  })

  it('says nothing where there is room', () => {
    const reading = aReading({ containers, hosts: has, manager: { view, attachments: [place('10.77.0.2')] } })
    expect(causesOf({ ...outcome, reading })).toEqual(['target-not-running'])
  })
})
