import { describe, expect, it } from 'vitest'
import { examinations as examinationFindings } from '../../../../src/app/findings/sources/examinations'
import { diagnoseHost } from '../../../../src/core/examine/host/diagnose-host'
import { aHostFacts } from '../../examine-builders'
import { Examinations } from '../../../../src/app/examinations'
import { TestResults } from '../../../../src/app/test-results'
import { hostChildren, hostRoots } from '../../../../src/app/tree/hosts-tree'
import type { TreeInput } from '../../../../src/app/tree/tree-input'
import type { TreeNode } from '../../../../src/app/tree/tree-node'
import { connectionOutcome } from '../../../../src/core/connection-step'
import type { Container } from '../../../../src/core/model/container'
import type { EngineNetwork } from '../../../../src/core/model/network'
import type { Fleet } from '../../../../src/core/model/fleet'
import {
  aBridge,
  aContainer,
  aFleet,
  aFleetWithServices,
  aHost,
  anOverlay,
  anUnknownHost,
  aRun,
  aSilentHost,
  aSwarmOfThree,
  attachedTo,
  noon,
} from '../../builders'

function input(fleet: Fleet, problems: readonly string[] = []): TreeInput {
  return { fleet, results: new TestResults(), examinations: new Examinations(), problems, now: noon }
}

describe('what an examination found', () => {
  const fleet = aFleet([aSilentHost('tolkewitz')])
  const examinations = new Examinations()
  const [finding] = diagnoseHost(aHostFacts({ disks: [{ path: '/', mountPoint: '/', size: 9e9, available: 0 }] }))
  examinations.set({ hostId: 'settings:tolkewitz', facts: aHostFacts(), findings: [finding!] })
  const state = { ...input(fleet), examinations }

  it('stands below its host, which can be opened because of it', () => {
    const [host] = hostRoots(state)
    expect(host).toMatchObject({ collapse: 'collapsed', context: expect.stringContaining('examined') as string })
    expect(hostChildren(host!, state)[0]).toMatchObject({
      id: 'host:settings:tolkewitz/examined:0',
      label: 'There is no room left for /',
      subject: { kind: 'host-diagnosis', hostId: 'settings:tolkewitz', cause: 'disk-full', index: 0 },
      context: 'host-diagnosis cause-disk-full',
    })
  })

  it('is listed with the findings', () => {
    expect(examinationFindings.list(state)).toMatchObject([
      {
        group: { label: 'tolkewitz' },
        severity: 'error',
        title: 'There is no room left for /',
        description: expect.stringContaining('examined') as string,
      },
    ])
  })
})

function root(fleet: Fleet): TreeNode {
  return hostRoots(input(fleet))[0]!
}

/** The children of the only host. */
function below(fleet: Fleet): readonly TreeNode[] {
  return hostChildren(root(fleet), input(fleet))
}

describe('the hosts', () => {
  it('stand in the order of their names, whatever their state', () => {
    const fleet = aFleet([aHost('tolkewitz'), aSilentHost('lindenau'), anUnknownHost('miltitz')])
    expect(hostRoots(input(fleet)).map(({ label }) => label)).toEqual(['lindenau', 'miltitz', 'tolkewitz'])
  })

  it('are none without a host, so that the welcome text shows', () => {
    expect(hostRoots(input(aFleet([])))).toEqual([])
  })

  it('are followed by what a source could not read', () => {
    const [, problem] = hostRoots(input(aFleet([aHost()]), ['The Docker context "old" cannot be read.']))
    expect(problem).toMatchObject({
      id: 'message:problem-0',
      label: 'The Docker context "old" cannot be read.',
      icon: { name: 'warning' },
      context: '',
    })
  })

  it('have what should be known about them as their first rows, also where they do not answer', () => {
    const finding = {
      cause: 'other-way-used',
      title: 'Another *way* is used',
      severity: 'warning' as const,
      evidence: ['first: refused'],
      remedy: 'Mend it.',
    }
    for (const host of [
      aHost('tolkewitz', { over: { findings: [finding] } }),
      aSilentHost('lindenau', { findings: [finding] }),
    ]) {
      const fleet = aFleet([host])
      expect(root(fleet).collapse).toBe('collapsed')
      expect(below(fleet)[0]).toMatchObject({
        label: 'Another *way* is used',
        icon: { name: 'warning' },
        context: 'host-finding cause-other-way-used',
        tooltip: expect.stringContaining('Another \\*way\\* is used') as string,
      })
    }
  })

  it('say in their tooltip what docker-machine wrote down, but not the discovery URL, which may hold a token', () => {
    const { target } = aHost()
    const swarm = { discovery: 'token://s3cret', isManager: true, isAgent: true, managerPort: 3376 }
    const machine = { name: 'master', driver: 'generic', store: '/s', engineFlags: [], engineLabels: [], swarm }
    const { tooltip } = root(aFleet([aHost('tolkewitz', { over: { target: { ...target!, machine } } })]))
    expect(tooltip).toContain('master, driver generic, manager of a classic Swarm')
    expect(tooltip).not.toContain('s3cret')
  })

  it.each([
    ['a manager', aHost(), 'manager · leader · 20.10.24 · 198.18.0.2'],
    ['a worker', aHost('miltitz', { role: 'worker' }), 'worker · 20.10.24 · 198.18.0.4'],
    ['an engine without a swarm', aHost('tolkewitz', { role: 'none' }), '20.10.24 · 198.18.0.2'],
    [
      'a drained node that managers lost',
      aHost('miltitz', { role: 'worker', over: { availability: 'drain', nodeState: 'down' } }),
      'worker · drained · node down · 20.10.24 · 198.18.0.4',
    ],
    [
      'a silent host',
      aSilentHost(),
      'unreachable · since 14:02:52 · lindenau: connection refused. Start the Docker service there.',
    ],
    [
      'a host that refuses us',
      aSilentHost('lindenau', {
        state: 'unauthorized',
        failure: { code: 'unauthorized', message: 'no key fits', since: noon },
      }),
      'not authorized · since 14:03:22 · no key fits',
    ],
    [
      'a host that is being connected',
      aSilentHost('lindenau', { state: 'connecting' }),
      /^connecting… · lindenau: con/,
    ],
    ['a disabled host', aSilentHost('lindenau', { state: 'disabled' }), 'disabled · 198.18.0.3'],
    ['a node without a way in', anUnknownHost(), 'worker · no way in · 20.10.24 · 198.18.0.4'],
  ])('%s is described', (_what, host, description) => {
    expect(root(aFleet([host])).description).toEqual(
      typeof description === 'string' ? description : expect.stringMatching(description),
    )
  })

  it.each([
    [
      aHost(),
      'host state-ready source-settings addressed manager makes-networks ssh',
      'server-environment',
      'charts.green',
    ],
    [
      aHost('m', { role: 'none', store: 'etcd://198.18.0.9:2379' }),
      'host state-ready source-settings addressed makes-networks ssh',
      'server',
      'charts.green',
    ],
    [aHost('m', { role: 'worker' }), 'host state-ready source-settings addressed worker ssh', 'server', 'charts.green'],
    [
      aHost('m', { role: 'none', over: { address: '' } }),
      'host state-ready source-settings ssh',
      'server',
      'charts.green',
    ],
    [
      aHost('m', { role: 'worker', over: { availability: 'pause' } }),
      'host state-ready source-settings addressed worker ssh inactive-node',
      'server',
      'charts.yellow',
    ],
    [
      aSilentHost(),
      'host state-unreachable source-settings addressed worker ssh',
      'debug-disconnect',
      'errorForeground',
    ],
    [anUnknownHost(), 'host state-unknown addressed worker', 'question', 'disabledForeground'],
  ])('show their state: %#', (host, context, name, color) => {
    expect(root({ hosts: [host], networks: [], services: [] })).toMatchObject({ context, icon: { name, color } })
  })

  it('can be opened while their engine answers', () => {
    expect(root(aFleet([aHost()])).collapse).toBe('collapsed')
    expect(root(aFleet([aSilentHost()])).collapse).toBe('none')
    expect(hostChildren(root(aFleet([aSilentHost()])), input(aFleet([aSilentHost()])))).toEqual([])
  })

  it('say nothing of swarm mode where the engine says nothing of it, as before Docker 1.12', () => {
    const host = aHost()
    const engine = host.engine!
    const old = { ...engine, info: { ...engine.info, swarm: { state: 'unknown', isManager: false } as const } }
    expect(root(aFleet([host])).tooltip).toContain('- Swarm: active')
    expect(root(aFleet([{ ...host, engine: old }])).tooltip).not.toContain('- Swarm:')
  })

  it('say in the tooltip how far the last try got', () => {
    const silent = aSilentHost()
    const steps = connectionOutcome({ kind: 'ssh', host: 'x', port: 22 }, 'host-key')
    const { tooltip } = root(aFleet([{ ...silent, failure: { ...silent.failure!, steps } }]))
    expect(tooltip).toContain('✓ Connect to port 22 · ✓ Speak SSH · ✗ Check the host key · – Log in')
  })

  it('say in the tooltip why, since when and when next, in absolute times', () => {
    expect(root(aFleet([aSilentHost()])).tooltip).toContain(
      [
        '- Why: lindenau: connection refused. Start the Docker service there.',
        '- Since: 14:02:52',
        '- Next try: 14:03:37',
      ].join('\n'),
    )
    const waiting = aSilentHost('lindenau', { failure: { code: 'unauthorized', message: 'no', since: noon } })
    expect(root(aFleet([waiting])).tooltip).toContain('- Next try: when you refresh')
  })

  it('take nothing that an engine says for markup', () => {
    const evil = aHost('tolkewitz', { over: { name: '[x](command:y) $(trash)\u001b[31m' } })
    const engine = evil.engine!
    const info = { ...engine.info, warnings: ['**bold** <img src=x>'], operatingSystem: '`x` |' }
    const node = root({ hosts: [{ ...evil, engine: { ...engine, info } }], networks: [], services: [] })
    expect(node.label).toBe('[x](command:y) $(trash)')
    expect(node.tooltip).toContain('**\\[x\\](command:y) \\$(trash)**')
    expect(node.tooltip).toContain('\\*\\*bold\\*\\* \\<img src=x\\>')
    expect(node.tooltip).toContain('\\`x\\` \\|')
  })

  it('speak a plain sentence', () => {
    expect(root(aFleet([aHost()])).accessibleText).toBe('tolkewitz, ready, manager, leader, 20.10.24, 198.18.0.2')
  })
})

describe('below a host', () => {
  it('are its containers and the group of its networks', () => {
    const fleet = aSwarmOfThree()
    const tolkewitz = hostRoots(input(fleet))[2]!
    expect(hostChildren(tolkewitz, input(fleet)).map(({ id, label, description }) => [id, label, description])).toEqual(
      [
        [expect.stringMatching(/^host:settings:tolkewitz\/container:7765620/), 'web', 'nginx:latest · 10.0.1.3'],
        ['host:settings:tolkewitz/group:networks', 'Networks', '1'],
      ],
    )
  })

  it('is a message where no container is', () => {
    expect(below(aFleet([aHost()]))[0]).toMatchObject({ label: 'No containers', subject: { kind: 'message' } })
  })

  it('are the local networks, in their group', () => {
    const web = aContainer({ attachments: [attachedTo(aBridge(), '172.17.0.2')] })
    const fleet = aFleet([
      aHost('tolkewitz', { containers: [web], networks: [anOverlay(), aBridge({ name: 'mine' }), aBridge()] }),
    ])
    const group = below(fleet).at(-1)!
    expect(group.collapse).toBe('collapsed')
    expect(
      hostChildren(group, input(fleet)).map(({ label, description, context }) => [label, description, context]),
    ).toEqual([
      ['bridge', 'bridge · 172.17.0.0/16 · 1 container', 'network local predefined'],
      ['mine', 'bridge · 172.17.0.0/16', 'network local takes-containers'],
    ])
  })

  it('show the last test of a local network', () => {
    const mine = aBridge({ name: 'mine' })
    const state = input(aFleet([aHost('tolkewitz', { networks: [mine] })]))
    const results = new TestResults()
    results.set(`settings:tolkewitz/${mine.id}`, aRun())
    const group = hostChildren(hostRoots(state)[0]!, state).at(-1)!
    expect(hostChildren(group, { ...state, results })).toMatchObject([
      { context: 'network local takes-containers tested', icon: { name: 'plug', color: 'charts.green' } },
    ])
  })

  it('show each state of a container', () => {
    const states = ['running', 'paused', 'restarting', 'created', 'exited', 'removing', 'dead', 'unknown'] as const
    const containers = states.map((state, index) => aContainer({ name: `c${index}`, state }))
    const nodes = below(aFleet([aHost('tolkewitz', { containers })]))
    expect(nodes.slice(0, -1).map(({ context, icon }) => `${context} ${icon.name} ${icon.color ?? ''}`)).toEqual([
      'container state-running vm-running charts.green',
      'container state-paused debug-pause charts.yellow',
      'container state-restarting sync charts.yellow',
      'container state-created vm-outline disabledForeground',
      'container state-exited vm-outline disabledForeground',
      'container state-removing trash disabledForeground',
      'container state-dead error errorForeground',
      'container state-unknown question disabledForeground',
    ])
  })

  it('say with what a container ended, and only if that was no success', () => {
    const ended = (status: string) => {
      const containers = [aContainer({ state: 'exited', status })]
      return below(aFleet([aHost('tolkewitz', { containers })]))[0]!.description
    }
    expect(ended('Exited (137) 3 minutes ago')).toBe('exited with 137 · nginx:latest')
    expect(ended('Exited (0) 3 minutes ago')).toBe('exited · nginx:latest')
  })

  it('draw a container anew when its host’s name or the day changes, though it did not change itself', () => {
    const containers = [aContainer()]
    const tooltip = (name: string, now: number) => {
      const fleet = aFleet([aHost('tolkewitz', { containers, over: { name } })])
      return hostChildren(root(fleet), { ...input(fleet), now })[0]!.tooltip
    }
    expect(tooltip('tolkewitz', noon)).toContain('- Created: 14:02:22')
    expect(tooltip('renamed', noon)).toContain('- Host: renamed')
    expect(tooltip('renamed', noon + 86_400_000)).toContain('- Created: 2026-03-04 14:02:22')
  })

  it('say in their tooltip how names are found, by the version of the engine', () => {
    const named = (engineVersion: string) =>
      below(
        aFleet([
          aHost('tolkewitz', {
            containers: [aContainer({ attachments: [attachedTo(anOverlay())] })],
            over: { engineVersion },
          }),
        ]),
      )[0]!.tooltip
    expect(named('1.9.1')).toContain('- Names: entries in each container’s /etc/hosts')
    expect(named('1.10.0')).toContain('- Names: the engine’s own DNS server, at 127.0.0.11')
  })

  it('explain the second address that a container on an overlay has inside', () => {
    const gnswarm = anOverlay()
    const bridge = aBridge({ name: 'docker_gwbridge', subnets: [{ subnet: '172.18.0.0/16' }] })
    const tooltipOf = (networks: readonly EngineNetwork[], over: Partial<Container> = {}) => {
      const containers = [aContainer({ attachments: [attachedTo(gnswarm, '10.0.1.3')], ...over })]
      return below(aFleet([aHost('tolkewitz', { containers, networks })])).find(({ label }) => label === 'web')!.tooltip
    }
    expect(tooltipOf([gnswarm, bridge])).toContain(
      '- Second address: inside it has one more, on docker\\_gwbridge (172.18.0.0/16): its way out of the host',
    )
    expect(tooltipOf([gnswarm])).not.toContain('Second address')
    expect(tooltipOf([{ ...gnswarm, isInternal: true }, bridge])).not.toContain('Second address')
    expect(tooltipOf([gnswarm, bridge], { state: 'exited' })).not.toContain('Second address')
  })

  it('tell a container’s facts in its tooltip, escaped', () => {
    const container = aContainer({
      command: 'sh -c "`x`"',
      labels: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`l${n}`, '[a](b)'])),
      ports: [{ privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '0.0.0.0' }],
      attachments: [attachedTo(anOverlay({ name: 'my_net' }), '10.0.1.3')],
      task: { serviceId: 's', serviceName: 'api', taskId: 't', nodeId: 'n' },
    })
    const { tooltip, context } = below(aFleet([aHost('tolkewitz', { containers: [container] })]))[0]!
    expect(tooltip).toContain('- Command: ``sh -c "`x`"``')
    expect(tooltip).toContain('- Networks: my\\_net `10.0.1.3`')
    expect(tooltip).toContain('- Ports: `0.0.0.0:8080->80/tcp`')
    expect(tooltip).toContain('- Service: api')
    expect(tooltip).toContain('`l7=[a](b)`, 2 more')
    expect(context).toBe('container state-running addressed task-of-service')
  })
})

describe('the tasks of services', () => {
  const fleet = aFleetWithServices()
  const [miltitz, tolkewitz] = hostRoots(input(fleet))

  it('stand below a node without a way in, as its manager knows them', () => {
    expect(miltitz?.collapse).toBe('collapsed')
    const rows = hostChildren(miltitz!, input(fleet))
    expect(rows.map(({ label, description, context }) => [label, description, context])).toEqual([
      ['agent', 'running · since 14:03:17 · alpine:latest', 'task'],
      ['web.2', 'running · since 14:03:17 · alpine:latest', 'task'],
    ])
  })

  it('are told by the containers of a host that answers', () => {
    const [container] = hostChildren(tolkewitz!, input(fleet))
    expect(container?.description).toBe('web.1 · nginx:latest')
    expect(container?.tooltip).toContain('Slot: 1')
    expect(container?.tooltip).toContain('Task: running since 14:03:17')
  })

  it('say more than the container where the swarm has given it up', () => {
    const services = fleet.services.map((service) => ({
      ...service,
      tasks: service.tasks.map((task) => ({ ...task, state: 'orphaned' as const })),
    }))
    const [container] = hostChildren(tolkewitz!, input({ ...fleet, services }))
    expect(container?.description).toBe('web.1 orphaned · nginx:latest')
  })
})
