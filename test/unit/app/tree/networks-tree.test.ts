import { describe, expect, it } from 'vitest'
import { Examinations } from '../../../../src/app/examinations'
import { TestResults } from '../../../../src/app/test-results'
import { networkChildren, networkRoots } from '../../../../src/app/tree/networks-tree'
import type { TreeInput } from '../../../../src/app/tree/tree-input'
import type { TreeNode } from '../../../../src/app/tree/tree-node'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import type { Fleet } from '../../../../src/core/model/fleet'
import {
  aBridge,
  aContainer,
  aFailedRun,
  aFinding,
  aFleet,
  aHost,
  anOverlay,
  anUnknownHost,
  aRun,
  aSilentHost,
  aSwarmId,
  aSwarmOfThree,
  attachedTo,
  noon,
} from '../../builders'

const gnswarm = aSwarmId('gnswarm')

function input(fleet: Fleet, run?: ConnectivityRun): TreeInput {
  const results = new TestResults()
  if (run !== undefined) results.set(gnswarm, run)
  return { fleet, results, examinations: new Examinations(), problems: [], now: noon }
}

function below(state: TreeInput): readonly TreeNode[] {
  return networkChildren(networkRoots(state)[0]!, state)
}

describe('the networks', () => {
  it('are the overlays, joined over the hosts; local ones are not among them', () => {
    expect(networkRoots(input(aSwarmOfThree()))).toMatchObject([
      {
        id: `network:${gnswarm}`,
        label: 'gnswarm',
        description: '10.0.1.0/24 · 2 containers on 2 hosts',
        icon: { name: 'type-hierarchy' },
        context: 'network overlay takes-containers testable',
        accessibleText: 'gnswarm, overlay network, subnet 10.0.1.0/24, 2 containers on 2 hosts',
      },
    ])
  })

  it('put the swarm’s own network last', () => {
    const ingress = anOverlay({ name: 'ingress', isIngress: true, subnets: [] })
    const fleet = aFleet([aHost('tolkewitz', { networks: [ingress, anOverlay({ name: 'zeta' })] })])
    expect(networkRoots(input(fleet)).map(({ label, context }) => [label, context])).toEqual([
      ['zeta', 'network overlay takes-containers'],
      ['ingress', 'network overlay predefined'],
    ])
  })

  it('say of one that is not attachable that it takes no containers', () => {
    const fleet = aFleet([aHost('tolkewitz', { networks: [anOverlay({ isAttachable: false })] })])
    expect(networkRoots(input(fleet))[0]!.context).toBe('network overlay')
  })

  it('say that a key-value store is silent, and stay', () => {
    const global = anOverlay({ scope: 'global', isUnlisted: true })
    const [node] = networkRoots(
      input(aFleet([aHost('tolkewitz', { role: 'none', store: 'etcd://x', networks: [global] })])),
    )
    expect(node?.description).toBe('10.0.1.0/24 · no containers · store silent')
    expect(node?.tooltip).toContain('does not answer; this is how the network was last listed')
  })

  it('say where there is none who could make one, or why none is known', () => {
    const alone = aHost('tolkewitz', { role: 'none', store: 'etcd://x' })
    const message = (...hosts: Parameters<typeof aFleet>[0] & object) => networkRoots(input(aFleet(hosts)))[0]?.label
    expect(message(alone)).toBe('No overlay network yet: create one with +')
    const findings = [{ cause: 'cluster-store-down', title: '', severity: 'error', evidence: [], remedy: '' }] as const
    expect(message({ ...alone, findings })).toContain('the key-value store does not answer')
    expect(message(aHost('tolkewitz', { role: 'none' }))).toBe(
      'None of the reachable hosts is in a swarm or has a key-value store',
    )
  })

  it('show the last test in their icon and context', () => {
    const node = (run: ConnectivityRun) => networkRoots(input(aSwarmOfThree(), run))[0]!
    expect(node(aRun())).toMatchObject({
      icon: { color: 'charts.green' },
      context: 'network overlay takes-containers testable tested',
    })
    expect(node(aFailedRun()).icon.color).toBe('errorForeground')
    expect(node(aRun({ isCancelled: true })).icon.color).toBeUndefined()
    expect(node(aRun()).tooltip).toContain('- Last test: 2 of 2 pairs, 14:03:22')
  })

  it('explain in the tooltip how names are found, on each host where they differ', () => {
    const at = (name: string, engineVersion: string) =>
      aHost(name, { networks: [anOverlay()], over: { engineVersion } })
    const [node] = networkRoots(input(aFleet([at('tolkewitz', '1.9.1'), at('lindenau', '20.10.24')])))
    expect(node?.tooltip).toMatch(/- Names: on tolkewitz entries in .*; on lindenau the engine’s own DNS server/)
  })

  it('explain subnet, MTU and encryption in the tooltip', () => {
    const network = anOverlay({
      isEncrypted: true,
      isInternal: true,
      options: {
        encrypted: '',
        'com.docker.network.driver.mtu': '1350',
        'com.docker.network.driver.overlay.vxlanid_list': '4097',
      },
      labels: { team: '*blue*' },
    })
    const { tooltip } = networkRoots(input(aFleet([aHost('tolkewitz', { networks: [network] })])))[0]!
    expect(tooltip).toContain('- Subnet: `10.0.1.0/24`, gateway `10.0.1.1`, 254 usable addresses')
    expect(tooltip).toContain('Hosts’ MTU 1350, containers get 1274')
    expect(tooltip).toContain('- VXLAN: `4097`')
    expect(tooltip).toContain('ESP (IP protocol 50)')
    expect(tooltip).toContain('- Internal: yes')
    expect(tooltip).toContain('- Options: `encrypted`')
    expect(tooltip).toContain('- Labels: `team=*blue*`')
  })

  it('take nothing that an engine says for markup', () => {
    const network = anOverlay({
      name: 'a](command:x)',
      subnets: [{ subnet: '`10`', gateway: '<b>' }],
      options: { 'com.docker.network.driver.mtu': '`**x**' },
    })
    const { tooltip } = networkRoots(input(aFleet([aHost('tolkewitz', { networks: [network] })])))[0]!
    expect(tooltip).toContain('**a\\](command:x)**')
    expect(tooltip).toContain('`` `10` ``, gateway `<b>`')
    expect(tooltip).toContain('- MTU: `` `**x** ``')
  })
})

describe('a view without an overlay network', () => {
  it.each([
    ['no swarm', aFleet([aHost('tolkewitz', { role: 'none', networks: [aBridge()] })]), 'in a swarm'],
    ['no manager', aFleet([aHost('miltitz', { role: 'worker' }), aSilentHost()]), 'Only workers'],
    ['a manager', aFleet([aHost()]), 'create one with +'],
    ['nobody answers', aFleet([aSilentHost(), anUnknownHost()]), 'No host can be reached'],
    ['connecting', aFleet([aSilentHost('lindenau', { state: 'connecting' })]), 'Connecting'],
  ])('says why: %s', (_why, fleet, text) => {
    expect(networkRoots(input(fleet))).toMatchObject([
      { label: expect.stringContaining(text) as string, subject: { kind: 'message' } },
    ])
  })

  it('is empty without hosts, so that the welcome text shows', () => {
    expect(networkRoots(input(aFleet([])))).toEqual([])
  })
})

describe('below a network', () => {
  it('are its members with address and host', () => {
    expect(
      below(input(aSwarmOfThree())).map(({ label, description, context }) => [label, description, context]),
    ).toEqual([
      ['shell1', '10.0.1.5 · miltitz', 'container state-running addressed'],
      ['web', '10.0.1.3 · tolkewitz', 'container state-running addressed'],
    ])
  })

  it('bind each member to its host and this network', () => {
    expect(below(input(aSwarmOfThree()))[1]).toMatchObject({
      id: expect.stringContaining(`network:${gnswarm}/container:settings:tolkewitz/`) as string,
      subject: { kind: 'container', hostId: 'settings:tolkewitz', networkKey: gnswarm },
    })
  })

  it('show a stopped member as what it is', () => {
    const web = aContainer({
      state: 'exited',
      status: 'Exited (137) 1 minute ago',
      attachments: [attachedTo(anOverlay())],
    })
    const fleet = aFleet([aHost('tolkewitz', { containers: [web], networks: [anOverlay()] })])
    expect(below(input(fleet))).toMatchObject([
      { description: 'exited with 137 · tolkewitz', context: 'container state-exited', icon: { name: 'vm-outline' } },
    ])
  })

  it('is a message where nobody is attached', () => {
    const fleet = aFleet([aHost('tolkewitz', { networks: [anOverlay()] })])
    expect(below(input(fleet))).toMatchObject([{ label: 'No container is attached' }])
  })

  it('is nothing once the network is gone', () => {
    const [node] = networkRoots(input(aSwarmOfThree()))
    expect(networkChildren(node!, input(aFleet([aHost()])))).toEqual([])
  })
})

describe('the last test', () => {
  it('comes first, with what passed and when', () => {
    expect(below(input(aSwarmOfThree(), aRun()))[0]).toMatchObject({
      id: `network:${gnswarm}/test`,
      label: 'Last test',
      description: '2 of 2 pairs, 14:03:22',
      icon: { name: 'pass', color: 'charts.green' },
      collapse: 'none',
      context: 'test-result',
      accessibleText: 'Last test of gnswarm, passed, 2 of 2 pairs, 14:03:22',
    })
  })

  it('marks what it left a finding about: itself, the network, and the containers that a fix is for', () => {
    const state = input(aSwarmOfThree(), aFailedRun())
    expect(networkRoots(state)[0]?.context).toContain('fixable')
    const marked = below(state)
      .filter(({ context }) => context.split(' ').includes('fixable'))
      .map(({ label }) => label)
    expect(marked).toEqual(['Last test', 'web'])
    expect(below(input(aSwarmOfThree(), aRun())).filter(({ context }) => context.includes('fixable'))).toEqual([])
  })

  it('has its findings below it, each with the fixes that it offers', () => {
    const run = aFailedRun({
      findings: [
        aFinding(),
        aFinding({
          cause: 'no-path',
          title: 'Nothing gets from *tolkewitz* to miltitz.',
          hosts: ['tolkewitz', 'miltitz'],
          evidence: ['ping `x`: 100 % loss'],
          remedy: 'Open UDP 4789.',
          fixes: [
            { id: 'show-firewall-commands', title: 'Show', containerIds: [], hostIds: ['a'] },
            { id: 'show-firewall-commands', title: 'Show', containerIds: [], hostIds: ['b'] },
          ],
        }),
      ],
    })
    const state = input(aSwarmOfThree(), run)
    const test = below(state)[0]!
    expect(test).toMatchObject({ description: '0 of 2 pairs, 14:03:22', collapse: 'expanded', icon: { name: 'error' } })
    const [first, second] = networkChildren(test, state)
    expect(first).toMatchObject({
      id: `network:${gnswarm}/test/finding:0:target-not-running`,
      label: 'web is not running',
      context: 'finding fixable fix-start-target',
      subject: { kind: 'finding', networkKey: gnswarm, cause: 'target-not-running', index: 0 },
    })
    expect(second).toMatchObject({
      label: 'Nothing gets from *tolkewitz* to miltitz',
      description: 'tolkewitz, miltitz',
      context: 'finding fixable fix-show-firewall-commands',
    })
    expect(second!.tooltip).toBe(
      '**Nothing gets from \\*tolkewitz\\* to miltitz.**\n\nOpen UDP 4789.\n\n- ping \\`x\\`: 100 % loss\n\nConfidence 99 %',
    )
  })

  it('says what it could not test, and that it was cancelled', () => {
    const [pair] = aRun().pairs
    const run = aRun({
      pairs: [{ ...pair!, result: 'not-tested' }],
      isCancelled: true,
      startedAt: noon - 86_400_000,
      unreachableHosts: [{ hostId: 'settings:lindenau', host: 'lindenau', reason: 'connection refused' }],
    })
    const [node] = below(input(aSwarmOfThree(), run))
    expect(node!.description).toBe('0 of 1 pair, 1 not tested, cancelled, 2026-03-03 14:03:22')
    expect(node!.icon.name).toBe('circle-slash')
    expect(node!.tooltip).toContain('- Hosts that could not be asked: lindenau (connection refused)')
  })
})

it('gives every node an id of its own, and the same one again', () => {
  const all = () => {
    const state = input(aSwarmOfThree(), aFailedRun({ findings: [aFinding(), aFinding()] }))
    const walk = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap((node) => [node.id, ...walk(networkChildren(node, state))])
    return walk(networkRoots(state))
  }
  const ids = all()
  expect(ids).toHaveLength(6)
  expect(new Set(ids).size).toBe(ids.length)
  expect(all()).toEqual(ids)
})
