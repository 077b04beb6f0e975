import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aLocal, aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)
const route = (link: string, subnet: string) =>
  aReading({ hosts: { miltitz: { local: aLocal({ routes: [{ link, subnet }] }) } } })

describe('subnet-hides-route', () => {
  it('names the host that uses addresses of the network for something else', () => {
    const [finding, ...more] = findingsOf({ ...well, reading: route('eth1', '10.0.0.0/16') })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'subnet-hides-route', hosts: ['miltitz'] })
    expect(finding!.evidence[0]).toContain('10.0.0.0/16 over eth1')
  })

  it.each([
    ['eth0', '0.0.0.0/0'],
    ['eth0', '198.18.0.0/24'],
    ['docker_gwbridge', '10.0.0.0/16'],
  ])('does not mind a route over %s to %s', (link, subnet) => {
    expect(causesOf({ ...well, reading: route(link, subnet) })).toEqual([])
  })
})
