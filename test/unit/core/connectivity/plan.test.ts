import { describe, expect, it } from 'vitest'
import { planSources, planTest, type PairFilter } from '../../../../src/core/connectivity/plan'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Container, ContainerState } from '../../../../src/core/model/container'
import type { Fleet } from '../../../../src/core/model/fleet'
import {
  aBridge,
  aContainer,
  aFleet,
  aHost,
  anId,
  anOverlay,
  aSilentHost,
  aSwarmOfThree,
  attachedTo,
  noon,
} from '../../builders'
import { omit } from '../../omit'

const gnswarm = anOverlay()
const arrows = (fleet: Fleet, filter?: PairFilter, key = gnswarm.id) =>
  planTest(fleet, key, filter).pairs.map(({ from, to }) => `${from.container}→${to.container}`)

function member(name: string, over: Partial<Container> = {}): Container {
  return aContainer({ name, attachments: [attachedTo(gnswarm, '10.0.1.9')], ...over })
}

function aFleetOf(...containers: readonly Container[]): Fleet {
  return aFleet([aHost('tolkewitz', { containers, networks: [gnswarm, aBridge()] })])
}

describe('planTest', () => {
  it('pairs every member with every other in both directions, and none with itself', () => {
    expect(arrows(aSwarmOfThree())).toEqual(['shell1→web', 'web→shell1'])
    expect(arrows(aFleetOf(member('a1'), member('b1'), member('c1')))).toHaveLength(6)
  })

  it('knows how names are found there', () => {
    expect(planTest(aSwarmOfThree(), gnswarm.id).network.names).toContain('127.0.0.11')
    const old = aHost('old', {
      containers: [member('a1'), member('b1')],
      networks: [gnswarm],
      over: { engineVersion: '1.9.1' },
    })
    expect(planTest(aFleet([old]), gnswarm.id).network.names).toContain('/etc/hosts')
  })

  it('knows each end’s host, addresses and ports', () => {
    const other = anOverlay({ name: 'other' })
    const web = member('web', {
      attachments: [attachedTo(other, '10.0.7.7'), { ...attachedTo(gnswarm, '10.0.1.2'), addressV6: 'FD00:0::2' }],
    })
    const fleet = aFleet([aHost('tolkewitz', { containers: [web, member('shell1')], networks: [gnswarm, other] })])
    const { to } = planTest(fleet, gnswarm.id).pairs.find((pair) => pair.to.container === 'web')!
    expect(to).toEqual({
      containerId: anId('web'),
      container: 'web',
      hostId: 'settings:tolkewitz',
      host: 'tolkewitz',
      address: '10.0.1.2',
      addresses: [
        { address: '10.0.7.7', network: 'other' },
        { address: '10.0.1.2', network: 'gnswarm' },
        { address: 'fd00::2', network: 'gnswarm' },
      ],
      state: 'running',
      isRunning: true,
      ports: [{ privatePort: 80, protocol: 'tcp' }],
    })
  })

  it('takes no word of an engine for an address that is none', () => {
    const pairs = planTest(
      aFleetOf(member('a1'), member('b1', { attachments: [attachedTo(gnswarm, '10.0.1.2; reboot')] })),
      gnswarm.id,
    ).pairs
    expect(pairs[0]!.to).not.toHaveProperty('address')
  })

  it.each<ContainerState>(['exited', 'created', 'paused', 'restarting', 'dead', 'removing', 'unknown'])(
    'knows without asking that a target which is %s cannot be reached, and cannot be asked',
    (state) => {
      const { pairs } = planTest(aFleetOf(member('a1'), member('b1', { state })), gnswarm.id)
      expect(pairs.map(({ decided }) => [decided?.result, decided?.checks.map((check) => check.observation)])).toEqual([
        ['fail', ['not-running']],
        ['not-tested', []],
      ])
      expect(pairs[0]!.decided!.checks[0]).toMatchObject({ kind: 'target', result: 'fail' })
      expect(pairs[1]!.decided!.reason).toMatch(/^b1 .*nothing can be asked/)
    },
  )

  it('tests from one container, to some, or only what is named', () => {
    const fleet = aFleetOf(member('a1'), member('b1'), member('c1'))
    expect(arrows(fleet, { from: anId('a1') })).toEqual(['a1→b1', 'a1→c1'])
    expect(arrows(fleet, { from: anId('a1'), to: [anId('c1'), anId('a1')] })).toEqual(['a1→c1'])
    expect(arrows(fleet, { to: [anId('c1')] })).toEqual(['a1→c1', 'b1→c1'])
    expect(arrows(fleet, { onlyPairs: [{ from: anId('b1'), to: anId('a1') }] })).toEqual(['b1→a1'])
    expect(arrows(fleet, { onlyPairs: [] })).toEqual([])
  })

  it('leaves out what is no container, like a load balancer’s endpoint', () => {
    const fleet = aFleetOf(member('a1'), member('b1'))
    const [network] = fleet.networks.filter(({ id }) => id === gnswarm.id)
    const endpoint = { ...network!.members[0]!, containerId: 'lb-gnswarm', container: 'gnswarm-endpoint' }
    const withEndpoint = { ...fleet, networks: [{ ...network!, members: [...network!.members, endpoint] }] }
    expect(arrows(withEndpoint)).toEqual(['a1→b1', 'b1→a1'])
  })

  describe('with tasks of a service', () => {
    const task = (name: string, over: Partial<Container> = {}) =>
      member(name, {
        task: { serviceId: 's1', serviceName: 'api', taskId: anId(`task${name}`).slice(0, 25), nodeId: 'n1' },
        ...over,
      })

    it('leaves out the remains of those that were replaced', () => {
      const fleet = aFleetOf(member('a1'), task('api.1.old', { state: 'exited' }), task('api.1.new'))
      expect(arrows(fleet)).toEqual(['a1→api.1.new', 'api.1.new→a1'])
      expect(planTest(fleet, gnswarm.id).pairs[0]!.to.service).toBe('api')
    })

    it('keeps the newest where none of them runs', () => {
      const fleet = aFleetOf(
        member('a1'),
        task('api.1.older', { state: 'exited', createdAt: noon - 2_000 }),
        task('api.1.newest', { state: 'exited', createdAt: noon - 1_000 }),
      )
      expect(arrows(fleet)).toEqual(['a1→api.1.newest', 'api.1.newest→a1'])
    })
  })

  it('knows that containers on the default bridge have no names, and on any other network have', () => {
    const bridge = aBridge()
    const host = aHost('tolkewitz', { containers: [], networks: [bridge, aBridge({ name: 'mine' }), gnswarm] })
    const fleet = aFleet([host])
    const hasNames = (name: string) =>
      planTest(fleet, fleet.networks.find((network) => network.name === name)!.key).network.hasNames
    expect([hasNames('bridge'), hasNames('mine'), hasNames('gnswarm')]).toEqual([false, true, true])
  })

  it.each([
    ['not-found', 'nowhere', anOverlay()],
    ['unsupported', undefined, anOverlay({ name: 'ingress', isIngress: true })],
    ['unsupported', undefined, aBridge({ name: 'host', driver: 'host' })],
    ['unsupported', undefined, aBridge({ name: 'none', driver: 'null' })],
  ] as const)('refuses with %s what cannot be tested', (code, key, network) => {
    const fleet = aFleet([aHost('tolkewitz', { networks: [network] })])
    const plan = () => planTest(fleet, key ?? fleet.networks[0]!.key)
    expect(plan).toThrow(SwarmNetworksError)
    try {
      plan()
    } catch (error) {
      expect(SwarmNetworksError.is(error, code)).toBe(true)
      expect((error as SwarmNetworksError).remedy).toBeDefined()
    }
  })
})

describe('unreachable hosts', () => {
  const manager = aHost('tolkewitz', { containers: [member('a1')], networks: [gnswarm, aBridge()] })

  it('are those of the network’s swarm that cannot be asked, with the reason', () => {
    const fleet = aFleet([manager, aSilentHost('lindenau'), aHost('miltitz', { role: 'worker' })])
    expect(planTest(fleet, gnswarm.id).unreachableHosts).toEqual([
      {
        hostId: 'settings:lindenau',
        host: 'lindenau',
        reason: 'lindenau: connection refused. Start the Docker service there.',
      },
    ])
  })

  it('do not include machines that no manager of the swarm knows', () => {
    const neverReached = omit(aSilentHost('elsewhere'), 'nodeId')
    expect(planTest(aFleet([manager, neverReached]), gnswarm.id).unreachableHosts).toEqual([])
  })

  it('are all silent ones where no manager tells', () => {
    const worker = aHost('miltitz', { role: 'worker', containers: [member('a1')], networks: [gnswarm] })
    const fleet = aFleet([worker, aSilentHost('elsewhere')])
    expect(planTest(fleet, gnswarm.id).unreachableHosts.map(({ host }) => host)).toEqual(['elsewhere'])
  })

  it('have a reason in every state', () => {
    const states = ['disabled', 'unknown', 'connecting', 'unreachable', 'unauthorized'] as const
    const reasons = states.map((state) => {
      const host = omit(aSilentHost('lindenau', { state }), 'failure')
      return planTest(aFleet([manager, host]), gnswarm.id).unreachableHosts[0]!.reason
    })
    expect(new Set(reasons).size).toBe(states.length)
    expect(reasons.every((reason) => reason.endsWith('.'))).toBe(true)
  })

  it('do not concern a network of one host', () => {
    const fleet = aFleet([manager, aSilentHost('lindenau')])
    const bridge = fleet.networks.find(({ driver }) => driver === 'bridge')!
    expect(planTest(fleet, bridge.key).unreachableHosts).toEqual([])
  })
})

describe('planSources', () => {
  it('gathers the open pairs by source, each beginning behind itself', () => {
    const { pairs } = planTest(
      aFleetOf(member('a1'), member('b1'), member('c1'), member('d1', { state: 'exited' })),
      gnswarm.id,
    )
    expect(planSources(pairs).map(({ from, targets }) => [from.container, targets.map((t) => t.container)])).toEqual([
      ['a1', ['b1', 'c1']],
      ['b1', ['c1', 'a1']],
      ['c1', ['a1', 'b1']],
    ])
  })
})
