import { describe, expect, it } from 'vitest'
import { formatCidr, parseCidr } from '../../../../src/core/forms/cidr'
import { summarizeNetwork } from '../../../../src/core/forms/network-form'
import { containerMtu, explainMtu, parseMtu } from '../../../../src/core/forms/network-mtu'
import { checkNetworkName } from '../../../../src/core/forms/network-name'
import { checkGateway, parseSubnet, subnetNotes } from '../../../../src/core/forms/network-subnet'
import { clustersOf, type Cluster } from '../../../../src/core/forms/clusters'
import { swarmsOf } from '../../../../src/core/forms/swarms'
import type { Fleet } from '../../../../src/core/model/fleet'
import type { NetworkSpec } from '../../../../src/core/ports/engine'
import { aBridge, aFleet, aHost, anOverlay, anUnknownHost, aSilentHost } from '../../builders'

/** tolkewitz and miltitz in a swarm, and a laptop that is in none. */
const fleet = aFleet([
  aHost('laptop', {
    role: 'none',
    networks: [aBridge({ name: 'work', subnets: [{ subnet: '192.168.40.0/24' }] })],
    over: { address: '' },
  }),
  aHost('miltitz', {
    role: 'worker',
    networks: [aBridge({ name: 'private', subnets: [{ subnet: '172.30.0.0/16' }] })],
  }),
  aHost('tolkewitz', { networks: [aBridge(), anOverlay()] }),
])
const swarm = theSwarm(fleet)

function theSwarm(of: Fleet): Cluster {
  const [first] = clustersOf(of)
  if (first === undefined) throw new Error('no swarm')
  return first
}

describe('checkNetworkName', () => {
  it.each(['gn-swarm', 'a', 'A_b-9', 'x'.repeat(63)])('takes %j', (name) => {
    expect(checkNetworkName(name, fleet, swarm)).toBeUndefined()
  })

  it.each([
    ['', 'needs a name'],
    ['-a', 'letter or digit first and last'],
    ['a-', 'letter or digit first and last'],
    ['a b', 'Letters, digits'],
    // The docker CLI takes a dot for local networks; the swarm does not.
    ['a.b', 'Letters, digits'],
    ['größe', 'Letters, digits'],
    ['x'.repeat(64), 'at most 63 characters; this one has 64'],
    ['host', 'the engine uses itself'],
    ['gnswarm', '"gnswarm" already (overlay, on tolkewitz)'],
    ['private', '"private" already (bridge, on miltitz)'],
  ])('refuses %j', (name, problem) => {
    expect(checkNetworkName(name, fleet, swarm)).toContain(problem)
  })

  it('lets a name be used again outside the swarm', () => {
    expect(checkNetworkName('work', fleet, swarm)).toBeUndefined()
  })
})

describe('parseSubnet', () => {
  it.each(['10.7.0.0/16', '10.0.2.0/30', '192.168.40.0/24'])('takes %s', (text) => {
    expect(parseSubnet(text, fleet, swarm).isValid).toBe(true)
  })

  it('gives the network that an address lies in', () => {
    const parsed = parseSubnet('10.7.3.9/16', fleet, swarm)
    expect(parsed.isValid && formatCidr(parsed.value)).toBe('10.7.0.0/16')
  })

  it.each([
    ['nonsense', 'no prefix length'],
    ['fd00::/64', 'IPv4 subnets only'],
    ['10.7.0.0/31', '/30 is the smallest'],
    ['10.0.0.0/7', '/8 is the largest'],
    ['127.3.0.0/16', 'loopback'],
    ['224.0.0.0/8', 'multicast'],
    ['169.254.0.0/16', 'link-local'],
    ['10.0.1.128/25', 'overlaps with 10.0.1.0/24 of the network "gnswarm" (overlay on tolkewitz)'],
    ['10.0.0.0/8', 'overlaps with 10.0.1.0/24 of the network "gnswarm"'],
    ['172.30.7.0/24', 'overlaps with 172.30.0.0/16 of the network "private" (bridge on miltitz)'],
    ['198.18.0.0/24', 'holds the address of the host miltitz (198.18.0.4)'],
  ])('refuses %s', (text, problem) => {
    expect(parseSubnet(text, fleet, swarm)).toEqual({
      isValid: false,
      problem: expect.stringContaining(problem) as string,
    })
  })
})

describe('subnetNotes', () => {
  function notes(text: string): readonly string[] {
    const parsed = parseCidr(text)
    return parsed.isValid ? subnetNotes(parsed.value, fleet, swarm) : []
  }

  it('has nothing to say of a roomy subnet', () => {
    expect(notes('10.7.0.0/24')).toEqual([])
  })

  it('counts what is left in a small one: the gateway and one address a host are gone', () => {
    expect(notes('10.7.0.0/29')).toEqual([expect.stringContaining('6 usable addresses')])
    expect(notes('10.7.0.0/29')[0]).toContain('3 are left for containers')
    expect(notes('10.7.0.0/30')[0]).toContain('0 are left for containers')
  })

  it('names what overlaps outside the swarm', () => {
    expect(notes('192.168.40.0/24')).toEqual([
      'It overlaps with 192.168.40.0/24 of the network "work" (bridge on laptop), which is outside this swarm: a problem only if the two are ever joined.',
    ])
  })
})

describe('checkGateway', () => {
  const parsed = parseCidr('10.7.0.0/24')
  if (!parsed.isValid) throw new Error(parsed.problem)
  const subnet = parsed.value

  it.each([
    ['10.7.0.1', undefined],
    [' 10.7.0.254 ', undefined],
    ['10.8.0.1', 'is not in 10.7.0.0/24'],
    ['10.7.0.0', 'subnet’s own address'],
    ['10.7.0.255', 'broadcast address'],
    ['gateway', 'is not an IP address'],
    ['', 'is not an IP address'],
  ])('%j: %s', (text, problem) => {
    const answer = checkGateway(text, subnet)
    if (problem === undefined) expect(answer).toBeUndefined()
    else expect(answer).toContain(problem)
  })
})

describe('the MTU option', () => {
  it.each([
    ['', undefined],
    ['576', 576],
    [' 1400 ', 1400],
    ['65535', 65_535],
  ])('reads %j', (text, mtu) => {
    expect(parseMtu(text)).toEqual({ isValid: true, value: mtu })
  })

  it.each(['575', '65536', '-1', '1400.5', 'x', '1e3'])('refuses %j', (text) => {
    expect(parseMtu(text).isValid).toBe(false)
  })

  it('is the hosts’ MTU: 1350 gives containers 1300, encryption costs 26 more', () => {
    expect([containerMtu(1350, false), containerMtu(1500, true)]).toEqual([1300, 1424])
    expect(explainMtu(1500, true)).toBe(
      'Hosts’ MTU 1500, containers get 1424: VXLAN and encryption take 76 bytes of each packet',
    )
  })
})

describe('summarizeNetwork', () => {
  const spec: NetworkSpec = {
    name: 'new',
    subnets: [],
    isAttachable: true,
    isInternal: false,
    isEncrypted: false,
    labels: {},
  }

  it('says through whom, and what the engine will choose', () => {
    expect(summarizeNetwork(spec, fleet, swarm).split('\n')).toEqual([
      'Through the manager tolkewitz, for the swarm of 2 hosts.',
      'Subnet: the swarm chooses one from its address pool.',
      'Attachable: containers can be run on it by hand.',
    ])
  })

  it('explains every option that was taken', () => {
    const text = summarizeNetwork(
      {
        ...spec,
        subnets: [{ subnet: '10.7.0.0/29', gateway: '10.7.0.6' }],
        isAttachable: false,
        isInternal: true,
        isEncrypted: true,
        mtu: 1400,
        labels: { team: 'blue', empty: '' },
      },
      fleet,
      swarm,
    )
    expect(text).toContain('Subnet: 10.7.0.0/29, gateway 10.7.0.6.')
    expect(text).toContain('Not attachable: only services')
    expect(text).toContain('Internal: no way out')
    expect(text).toContain('ESP (IP protocol 50)')
    expect(text).toContain('Hosts’ MTU 1400, containers get 1324')
    expect(text).toContain('Labels: team=blue, empty=.')
    expect(text).toContain('6 usable addresses')
  })

  it('says which hosts could not be asked', () => {
    const partly = aFleet([aHost('tolkewitz'), aSilentHost('lindenau'), anUnknownHost('miltitz')])
    expect(summarizeNetwork(spec, partly, theSwarm(partly))).toContain(
      'Not checked, because they could not be asked for their own networks: lindenau (unreachable), miltitz (no way in).',
    )
  })
})

describe('swarmsOf', () => {
  it('finds none without a reachable manager', () => {
    expect(swarmsOf(aFleet([aHost('miltitz', { role: 'worker' }), aSilentHost('tolkewitz')]))).toEqual([])
  })

  it('puts the leader first and takes workers by the managers’ node lists', () => {
    const [only, ...others] = swarmsOf(
      aFleet([
        aHost('a', { isLeader: false }),
        aHost('b'),
        aHost('c', { role: 'worker' }),
        aHost('d', { role: 'none' }),
      ]),
    )
    expect(others).toEqual([])
    expect(only?.managers.map(({ name }) => name)).toEqual(['b', 'a'])
    expect(only?.hosts.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('tells two swarms apart', () => {
    const one = aHost('a', { clusterId: 'one', nodes: [] })
    const two = aHost('b', { clusterId: 'two', nodes: [] })
    expect(swarmsOf({ hosts: [one, two] }).map(({ clusterId, hosts }) => [clusterId, hosts.length])).toEqual([
      ['one', 1],
      ['two', 1],
    ])
  })
})
