import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnector } from '../../src/adapters/create-connector'
import { thisMachine } from '../../src/adapters/sources/local-machine'
import { readHostSetting } from '../../src/adapters/sources/settings-source'
import { systemClock } from '../../src/adapters/system-clock'
import { addHost } from '../../src/app/commands/add-host'
import type { Command } from '../../src/app/commands/command'
import { connectHost } from '../../src/app/commands/connect-host'
import { runConnectivityTest } from '../../src/app/connectivity-service'
import { FleetService } from '../../src/app/fleet-service'
import { TestResults } from '../../src/app/test-results'
import { hostChildren, hostRoots } from '../../src/app/tree/hosts-tree'
import type { NodeSubject } from '../../src/app/tree/tree-node'
import type { Target } from '../../src/core/model/target'
import type { HostSetting } from '../../src/core/model/host-setting'
import { noPrompts } from '../no-prompts'
import { CommandWorld } from '../unit/fakes/command-world'
import type { Answer } from '../unit/fakes/fake-ui'
import { makeHome } from './home'
import { openLab, type Lab } from './lab'
import { nodesOf, swarmInfo } from './machines/swarm'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const tooOld = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ Version: '1.8.3', ApiVersion: '1.20' }))
})

let lab: Lab
let home: string
let connector: ReturnType<typeof createConnector>
let service: FleetService
let targets: readonly Target[]

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  home = await makeHome(lab)
  const machine = { ...thisMachine(), env: {}, home }
  connector = createConnector({ machine, clock: systemClock, log, prompts: noPrompts })
  const manager: HostSetting = {
    name: 'tolkewitz',
    url: lab.manager.sshUrl('docker-user'),
    identityFile: lab.description.sshKey,
  }
  targets = [readHostSetting(manager, 0, machine).target!]
  const source = {
    id: 'settings',
    read: () => Promise.resolve({ targets, problems: [] }),
    onDidChange: () => ({ dispose: quiet }),
  }
  service = new FleetService({ connector, sources: [source], clock: systemClock, log })
  service.start()
  await service.settled(AbortSignal.timeout(20_000))
  await new Promise<void>((resolve) => tooOld.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  service.dispose()
  connector.dispose()
  tooOld.close()
  await lab.cleanup()
  await rm(home, { recursive: true, force: true })
})

/** Runs a command of the editor on real connections, with a person who gives these answers. */
async function run(command: Command, answers: readonly Answer[], subject?: NodeSubject): Promise<CommandWorld> {
  const world = new CommandWorld({ answers })
  const machine = { ...thisMachine(), env: {}, home }
  const targetOf = (setting: HostSetting) => readHostSetting(setting, 0, machine)
  await command.run({ ...world.context, fleet: service, connector, targetOf }, subject)
  expect(world.ui.unused).toEqual([])
  return world
}

describe('Add Host…', () => {
  const overSsh = (address: string, key = ''): readonly Answer[] => [
    ...([{ pick: 'SSH' }, { input: address }, { input: key }] as const),
    { input: 'new' },
    'leave',
  ]
  const at = (user: string, rest = '') => `${user}@${lab.machine('lindenau').address}${rest}`
  const key = () => lab.description.sshKey

  it.each<readonly [failed: string, words: RegExp, answers: () => readonly Answer[]]>([
    ['Find the address of nowhere.invalid', /nowhere\.invalid/, () => overSsh('root@nowhere.invalid')],
    ['Connect to port 1', /nothing listens there/, () => overSsh(at('root', ':1'))],
    ['Log in', /authentication/, () => overSsh(at('root'))],
    ['Find the engine’s socket', /\/run\/nowhere\.sock/, () => overSsh(at('root', '/run/nowhere.sock'), key())],
    ['Be allowed to use it', /usermod -aG docker/, () => overSsh(at('nobody-rights'), key())],
    [
      'Agree on an API version',
      /Docker 1\.8\.3 .* at least 1\.21 is needed.*Upgrade the engine/,
      () => [
        { pick: 'TCP' },
        { input: `127.0.0.1:${(tooOld.address() as AddressInfo).port}` },
        { input: 'new' },
        'leave',
      ],
    ],
  ])('says that the step “%s” failed, and none before it', async (failed, words, answers) => {
    const { ui, changes } = await run(addHost, answers())
    const lines = ui.choices[0]!.detail.split('\n')
    const steps = lines.slice(0, lines.indexOf(''))
    const index = steps.indexOf(`✗ ${failed}`)
    expect(index, lines.join('\n')).toBeGreaterThanOrEqual(0)
    expect(steps.slice(0, index).every((line) => line.startsWith('✓ '))).toBe(true)
    expect(steps.slice(index + 1).every((line) => line.startsWith('– '))).toBe(true)
    expect(lines.at(-1)).toMatch(words)
    expect(changes).toEqual([])
  })

  it('says that the host key is not known where nobody confirmed it', async () => {
    const other = createConnector({
      machine: { ...thisMachine(), env: {}, home: '/nonexistent' },
      clock: systemClock,
      log,
      prompts: noPrompts,
    })
    const world = new CommandWorld({ answers: overSsh(at('docker-user'), key()) })
    await addHost.run({ ...world.context, connector: other })
    other.dispose()
    expect(world.ui.choices[0]?.detail).toMatch(/✓ Speak SSH\n✗ Check the host key\n– Log in/)
  })
})

describe('a node that only its manager knows', () => {
  it('is a host with what the manager says of it and the tasks that run there', async () => {
    await lab.manager.run(
      'docker service create --detach --no-resolve-image --name everywhere --mode global alpine sleep 1h',
    )
    const roots = () => {
      const now = Date.now()
      const input = { fleet: service.fleet, problems: [], results: new TestResults(), now }
      const row = hostRoots(input).find(({ label }) => label === 'lindenau')
      return { row, tasks: row === undefined ? [] : hostChildren(row, input) }
    }
    const look = service.followServices()
    await expect
      .poll(() => roots().tasks.map(({ label, description }) => `${label} ${description}`), { timeout: 15_000 })
      .toEqual([expect.stringMatching(/^everywhere running · since /)])
    look.dispose()
    expect(roots().row).toMatchObject({
      description: expect.stringMatching(
        new RegExp(`^worker · no way in · 20\\.10.* · ${lab.machine('lindenau').address}$`),
      ) as string,
      context: expect.stringContaining('state-unknown') as string,
    })
  })

  it('is connected to by pressing Enter, over the way to its manager', async () => {
    const node = service.fleet.hosts.find(({ name }) => name === 'lindenau')!
    const answers = ['accept', 'accept', 'accept', 'accept'] as const
    const world = await run(connectHost, answers, { kind: 'host', hostId: node.id })
    expect(world.ui.said).toMatch(/^lindenau was added: lindenau, engine 20\.10.*a worker of a swarm/)
    expect(world.named('settings.addHost').map(({ args }) => args)).toEqual([
      [{ name: 'lindenau', url: lab.machine('lindenau').sshUrl('docker-user'), identityFile: lab.description.sshKey }],
    ])
  })
})

describe('a node that tells its swarm a wrong address', () => {
  it('has a finding, and so has the entry that it left behind', async () => {
    const lindenau = lab.machine('lindenau')
    const token = (await lab.manager.run('docker swarm join-token -q worker')).trim()
    const joinAs = (address: string) =>
      lindenau.run(
        `docker swarm leave && docker swarm join --advertise-addr ${address} --token ${token} ${lab.manager.address}:2377`,
      )
    const overSsh = { name: 'lindenau', url: lindenau.sshUrl('docker-user'), identityFile: lab.description.sshKey }
    targets = [...targets, readHostSetting(overSsh, 1, { ...thisMachine(), env: {}, home }).target!]
    try {
      await joinAs('127.0.0.1')
      service.refresh()
      await expect
        .poll(() => service.fleet.hosts.flatMap(({ findings = [] }) => findings.map(({ cause }) => cause)).toSorted(), {
          timeout: 20_000,
        })
        .toEqual(['node-address', 'stale-node'])
      // What was on networks of the swarm has lost them by leaving it; what is new gets onto none.
      await lab.manager.run('docker network create -d overlay --attachable gnswarm')
      await lab.manager.run('docker run -d --name web --network gnswarm nginx')
      await lindenau.exec('docker run -d --name api --network gnswarm nginx', { timeoutMs: 60_000 })
      const network = () => service.fleet.networks.find(({ name }) => name === 'gnswarm')
      const isApiSeen = () => service.fleet.hosts.some(({ engine }) => engine?.containers.some((c) => c.name === 'api'))
      await expect.poll(() => (isApiSeen() ? network() : undefined), { timeout: 20_000 }).toBeDefined()
      const { findings } = await runConnectivityTest(service, network()!.key, {
        ...{ clock: systemClock, signal: AbortSignal.timeout(90_000), hostChecks: {} },
      })
      // Nobody gave a way in to miltitz; the entry that lindenau left behind is no host to be asked.
      expect(findings.map(({ cause, hosts }) => [cause, ...hosts])).toEqual([
        ['advertise-address', expect.stringContaining('lindenau') as string],
        ['host-unreachable', 'miltitz'],
      ])
    } finally {
      await lab.cleanup()
      await joinAs(lindenau.address)
      const { NodeID } = await swarmInfo(lindenau, AbortSignal.timeout(10_000))
      const nodes = await nodesOf(lab.manager, AbortSignal.timeout(10_000))
      const left = nodes.filter(({ Hostname, ID }) => Hostname === 'lindenau' && ID !== NodeID).map(({ ID }) => ID)
      await lab.manager.run(`docker node rm --force ${left.join(' ')}`)
      await lab.heal()
    }
  }, 240_000)
})
