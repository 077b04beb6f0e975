import { describe, expect, it } from 'vitest'
import { clustersOf } from '../../../../src/core/forms/clusters'
import { networkWarnings, openQuestions } from '../../../../src/core/forms/network-warnings'
import type { HostLinks, LinksReading } from '../../../../src/core/host-links/host-links'
import type { NetworkSpec } from '../../../../src/core/ports/engine'
import { aFleet, aHost } from '../../builders'

function aCluster(dataPathPort?: number) {
  const manager = aHost('tolkewitz')
  const { info } = manager.engine!
  const swarm = { ...info.swarm, ...(dataPathPort !== undefined && { dataPathPort }) }
  const [cluster] = clustersOf(
    aFleet([
      { ...manager, engine: { ...manager.engine!, info: { ...info, swarm } } },
      aHost('lindenau', { role: 'worker' }),
    ]),
  )
  return cluster!
}

function linksOf(host: string, { mtu = 1500, route = '192.168.7.0/24' } = {}): HostLinks {
  const address = host === 'tolkewitz' ? '198.18.0.2' : '198.18.0.3'
  return {
    ...{ hostId: `settings:${host}`, host, address },
    routes: [
      { card: 'eth0', subnet: '198.18.0.0/24' },
      { card: 'tun0', subnet: route },
    ],
    cards: [{ name: 'eth0', mtu }],
  }
}

const spec: NetworkSpec = {
  name: 'backend',
  subnets: [{ subnet: '10.20.0.0/24' }],
  isAttachable: true,
  isInternal: false,
  isEncrypted: false,
  labels: {},
}

function warn(over: Partial<NetworkSpec>, { links = [], port }: { links?: readonly HostLinks[]; port?: number } = {}) {
  const found = networkWarnings(
    { ...spec, ...over },
    { cluster: aCluster(port), links: { hosts: links, notLooked: [] } },
  )
  return found.map(({ id, message }) => `${id}: ${message}`)
}

describe('networkWarnings', () => {
  it('has nothing to say where all fits', () => {
    expect(warn({}, { links: [linksOf('tolkewitz'), linksOf('lindenau')], port: 4789 })).toEqual([])
  })

  it.each(['10.20.0.128/25', '10.0.0.0/8', '10.20.0.0/24'])('tells of a route to %s', (route) => {
    expect(warn({}, { links: [linksOf('tolkewitz'), linksOf('lindenau', { route })] })).toEqual([
      expect.stringMatching(/^route-overlap: At lindenau .*tun0.*Choose another subnet/),
    ])
  })

  it('tells of a route in the pool that the swarm chooses from, where it chooses', () => {
    expect(warn({ subnets: [] }, { links: [linksOf('lindenau', { route: '10.8.0.0/16' })] })).toEqual([
      expect.stringMatching(/^route-overlap: The swarm chooses.*lindenau has a route to 10\.8\.0\.0\/16 by tun0/),
    ])
  })

  it('names the MTU that the smallest card asks for, and what containers get', () => {
    const links = [linksOf('tolkewitz'), linksOf('lindenau', { mtu: 1400 })]
    expect(warn({}, { links })[0]).toMatch(
      /^mtu: Without the option.*assumes 1500.*lindenau \(eth0: 1400\).*up to 1450 bytes.*above 1350.*Set the MTU to 1400; containers then get 1350/,
    )
    expect(warn({ isEncrypted: true, mtu: 9000 }, { links })[0]).toMatch(/says 9000.*up to 8924.*above 1324/)
    expect(warn({ mtu: 1400 }, { links })).toEqual([])
  })

  it('counts the addresses that hosts and containers need', () => {
    expect(warn({ subnets: [{ subnet: '10.20.0.0/29' }] })).toEqual([
      expect.stringMatching(/^subnet: .*6 usable.*3 are left/),
    ])
  })

  it('asks whether plain containers are meant', () => {
    expect(warn({ isAttachable: false })).toEqual([expect.stringMatching(/^not-attachable: /)])
  })

  it('knows which engines encrypt on 4789 only', () => {
    expect(warn({ isEncrypted: true }, { port: 8472 })).toEqual([
      expect.stringMatching(/^encrypted-port: .*UDP 8472.*tolkewitz and lindenau/),
    ])
    expect(warn({ isEncrypted: true })).toEqual([])
    expect(warn({}, { port: 8472 })).toEqual([])
  })
})

it('what cannot be known beforehand is said', () => {
  const links: LinksReading = { hosts: [], notLooked: [{ host: 'lindenau', reason: 'no image to ask from.' }] }
  expect(openQuestions({ ...spec, isEncrypted: true }, links)).toEqual([
    expect.stringContaining('ESP (IP protocol 50)'),
    'Not compared with the routes and the MTU of: lindenau (no image to ask from).',
  ])
  expect(openQuestions(spec, { hosts: [], notLooked: [] })).toEqual([])
})
