import { describe, expect, it } from 'vitest'
import type { EngineNetwork } from '../../../../src/core/model/network'
import { joinFleet } from '../../../../src/core/fleet/join-fleet'
import { readySnapshot, sampleContainer, sampleEngine, sampleNetwork, sampleNode } from '../../fakes/samples'

const gnswarm = sampleNetwork('gnswarm')
const bridge = sampleNetwork('bridge', { driver: 'bridge', scope: 'local' })

function onNetwork(name: string, address: string | undefined, networkId = gnswarm.id) {
  return sampleContainer(name, {
    state: address === undefined ? 'exited' : 'running',
    attachments: [{ networkId, networkName: 'gnswarm', aliases: [], ...(address !== undefined && { address }) }],
  })
}

describe('mergeNetworks', () => {
  it('joins an overlay over hosts by its ID, with its members in natural order', () => {
    const { networks } = joinFleet(
      [
        readySnapshot(
          'tolkewitz',
          sampleEngine('tolkewitz', { networks: [gnswarm], containers: [onNetwork('web10', '10.0.1.4')] }),
        ),
        readySnapshot(
          'miltitz',
          sampleEngine('miltitz', { networks: [gnswarm], containers: [onNetwork('web9', '10.0.1.2')] }),
        ),
      ],
      0,
    )
    expect(networks).toHaveLength(1)
    expect(networks[0]?.hosts).toEqual(['miltitz', 'tolkewitz'])
    expect(networks[0]?.members.map(({ container, host, address }) => [container, host, address])).toEqual([
      ['web9', 'miltitz', '10.0.1.2'],
      ['web10', 'tolkewitz', '10.0.1.4'],
    ])
  })

  it('keeps a local network apart on each host, even where the IDs are alike', () => {
    const { networks } = joinFleet(
      [
        readySnapshot('tolkewitz', sampleEngine('tolkewitz', { networks: [bridge] })),
        readySnapshot('miltitz', sampleEngine('miltitz', { networks: [bridge] })),
      ],
      0,
    )
    expect(networks.map(({ key, hosts }) => [key, hosts])).toEqual([
      ['settings:miltitz/net-bridge', ['miltitz']],
      ['settings:tolkewitz/net-bridge', ['tolkewitz']],
    ])
  })

  it('counts a stopped container on a worker that no longer lists the network', () => {
    const manager = sampleEngine('tolkewitz', { networks: [gnswarm], nodes: [sampleNode('tolkewitz')] })
    const { networks } = joinFleet(
      [
        readySnapshot('tolkewitz', manager),
        readySnapshot('miltitz', sampleEngine('miltitz', { containers: [onNetwork('shell1', undefined)] })),
      ],
      0,
    )
    expect(networks[0]?.members).toEqual([
      { containerId: 'id-shell1', container: 'shell1', hostId: 'settings:miltitz', host: 'miltitz', isRunning: false },
    ])
    expect(networks[0]?.hosts).toEqual(['tolkewitz', 'miltitz'])
  })

  it('finds the network of a container that was never started by name, if the name is unambiguous', () => {
    const created = onNetwork('fresh', undefined, '')
    const engine = (networks = [gnswarm]) => sampleEngine('tolkewitz', { networks, containers: [created] })
    expect(joinFleet([readySnapshot('tolkewitz', engine())], 0).networks[0]?.members).toHaveLength(1)
    const manager = (networks: readonly EngineNetwork[]) =>
      readySnapshot('lindenau', sampleEngine('lindenau', { networks, nodes: [sampleNode('lindenau')] }))
    const worker = readySnapshot('tolkewitz', engine([]))
    expect(joinFleet([manager([gnswarm]), worker], 0).networks[0]?.members).toHaveLength(1)
    const twice = joinFleet([manager([gnswarm, { ...gnswarm, id: 'net-other' }]), worker], 0)
    expect(twice.networks.map(({ members }) => members.length)).toEqual([0, 0])
  })

  it('finds the local network of a container that was never started', () => {
    const attachments = [{ networkId: '', networkName: 'bridge', aliases: [] }]
    const containers = [sampleContainer('fresh', { state: 'created', attachments })]
    const fleet = joinFleet(
      [readySnapshot('tolkewitz', sampleEngine('tolkewitz', { networks: [bridge], containers }))],
      0,
    )
    expect(fleet.networks[0]?.members.map(({ container }) => container)).toEqual(['fresh'])
  })

  it('takes them from an engine that lists the network, where the store of another is silent', () => {
    const silent = { ...gnswarm, scope: 'global' as const, subnets: [], isUnlisted: true as const }
    const listed = { ...gnswarm, scope: 'global' as const, subnets: [{ subnet: '10.0.1.0/24' }] }
    const of = (name: string, network: EngineNetwork) =>
      readySnapshot(name, sampleEngine(name, { networks: [network] }))
    for (const order of [
      [of('lindenau', silent), of('tolkewitz', listed)],
      [of('lindenau', listed), of('tolkewitz', silent)],
    ]) {
      const [network] = joinFleet(order, 0).networks
      expect([network?.subnets, network?.isUnlisted, network?.hosts]).toEqual([
        [{ subnet: '10.0.1.0/24' }],
        undefined,
        ['lindenau', 'tolkewitz'],
      ])
    }
  })

  it("takes a network's settings from a manager", () => {
    const known = { ...gnswarm, labels: { team: 'web' } }
    const manager = sampleEngine('tolkewitz', { networks: [known], nodes: [sampleNode('tolkewitz')] })
    const worker = readySnapshot('miltitz', sampleEngine('miltitz', { networks: [gnswarm] }))
    for (const order of [
      [readySnapshot('tolkewitz', manager), worker],
      [worker, readySnapshot('tolkewitz', manager)],
    ])
      expect(joinFleet(order, 0).networks[0]?.labels).toEqual({ team: 'web' })
  })
})
