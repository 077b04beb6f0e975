import { beforeEach, describe, expect, it } from 'vitest'
import { RepairHosts } from '../../../../src/app/repair/repair-hosts'
import { RepairSession } from '../../../../src/app/repair/repair-session'
import { RollOutRunner, type HostOutcome, type RollOutEntry } from '../../../../src/app/repair/roll-out-runner'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { HostDiagnosis } from '../../../../src/core/examine/host/host-diagnosis'
import type { SwarmNode } from '../../../../src/core/model/engine'
import type { Host } from '../../../../src/core/model/host'
import { rollOutRole } from '../../../../src/core/repair/roll-out/roll-out-order'
import { aFleet, aHost } from '../../builders'
import { aHostFacts } from '../../examine-builders'
import { CommandWorld } from '../../fakes/command-world'
import { aFailedWrite, FakeHost } from '../../fakes/fake-host'
import { aCommand, aFindingOf, aRepair, aStep } from '../../repair-builders'
import { pressing } from './pressing'

const lindenau = aHost('lindenau', { role: 'worker' })
const second = aHost('miltitz', { isLeader: false })
const leader = aHost('tolkewitz')
const hosts = [lindenau, second, leader]
const broken = aFindingOf('unit-disabled', { unit: 'docker.service', isRunning: true })

let world: CommandWorld
let fakes: Map<string, FakeHost>
let screen: RepairSession
/** What an examination finds after the repair, by host; nothing where there is none. */
let after: Map<string, (readonly HostDiagnosis[])[]>
/** What the swarm says of its managers, one answer after the other, then that all are there. */
let listed: (readonly SwarmNode[] | undefined | Error)[]

beforeEach(() => {
  world = new CommandWorld({ fleet: aFleet(hosts) })
  fakes = new Map(hosts.map(({ name }) => [name, new FakeHost()]))
  world.shells.answer = (command) => fakes.get(command.host)!.run(command)
  screen = new RepairSession()
  after = new Map()
  listed = []
})

const at = (name: string) => fakes.get(name)!
const isTouched = (name: string) => at(name).done.length > 0

function aManager({ name, nodeId }: Host, over: Partial<SwarmNode> = {}): SwarmNode {
  return {
    ...{ id: nodeId!, hostName: name, role: 'manager', availability: 'active', state: 'ready', isLeader: false },
    ...{ reachability: 'reachable', engineVersion: '26.1.5' },
    ...over,
  } as const
}

const managers = [aManager(second), aManager(leader)]

function anEntry(host: Host, over: Partial<RollOutEntry> = {}): RollOutEntry {
  const { id: hostId, name: hostName } = host
  const step = aStep('enable', { hostId, hostName, undo: aCommand('undo', 'enable') })
  return {
    ...{ host, hostName, role: rollOutRole(host), finding: broken, before: [broken], isEngineUp: true, others: [] },
    plan: aRepair({ id: 'unit-disabled', hostIds: [hostId], steps: [step] }),
    ...over,
  }
}

function run(entries: readonly RollOutEntry[]): Promise<readonly HostOutcome[]> {
  const runner = new RollOutRunner({
    ...{ ...world.context, hosts: new RepairHosts(world.context), screen, memory: world.context.repairs },
    examine: ({ id, name }) =>
      Promise.resolve({ hostId: id, facts: aHostFacts(), findings: after.get(name)?.shift() ?? [] }),
    managers: () => {
      const answer = listed.length > 0 ? listed.shift() : managers
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
    refresh: (hostId) => world.access.refresh(hostId),
  })
  return runner.run(entries)
}

describe('a roll-out', () => {
  it('repairs one host after the other, each with its record, and says where it stands', async () => {
    expect(await run(hosts.map((host) => anEntry(host)))).toEqual(['done', 'done', 'done'])
    expect(world.shells.commands.filter(({ command }) => command.includes('enable')).map(({ host }) => host)).toEqual([
      'lindenau',
      'miltitz',
      'tolkewitz',
    ])
    expect(world.context.repairs.read()).toHaveLength(3)
    expect(screen.transcript).toMatch(/Host 1 of 3: lindenau \(worker\)[^]*Host 3 of 3: tolkewitz \(leader\)/)
    expect(screen.transcript).toContain('All hosts are repaired.')
    expect(world.access.refreshed).toEqual(hosts.map(({ id }) => id))
  })

  it('stops at the first host whose step fails, and touches none behind it', async () => {
    at('lindenau').answer('do enable', { code: 1, stderr: 'Access denied\n' })
    pressing(screen, 'l')
    expect(await run([anEntry(lindenau), anEntry(leader)])).toEqual(['left', 'waiting'])
    expect(isTouched('tolkewitz')).toBe(false)
    expect(screen.transcript).toMatch(/lindenau: stopped here[^]*tolkewitz: not touched/)
  })

  it('stops at the first host that is not as it should be; that one can be taken back', async () => {
    after.set('lindenau', [[broken]])
    pressing(screen, 'u')
    expect(await run([anEntry(lindenau), anEntry(leader)])).toEqual(['undone', 'waiting'])
    expect(at('lindenau').done.at(-1)).toBe('undo enable')
    expect(isTouched('tolkewitz')).toBe(false)
    expect(world.context.repairs.read()[0]).toMatchObject({ isUndone: true })
  })

  it('looks again at such a host when told to, and goes on', async () => {
    after.set('lindenau', [[broken], []])
    pressing(screen, 'r')
    expect(await run([anEntry(lindenau), anEntry(leader)])).toEqual(['done', 'done'])
  })

  it('leaves such a host as it is when told to', async () => {
    after.set('lindenau', [[broken]])
    pressing(screen, 'l')
    expect(await run([anEntry(lindenau), anEntry(leader)])).toEqual(['unverified', 'waiting'])
  })

  it('asks where a host’s record cannot be made, and goes on when it can', async () => {
    at('lindenau').answer('mkdir', aFailedWrite)
    pressing(screen, 'r')
    expect(await run([anEntry(lindenau)])).toEqual(['done'])
  })
})

describe('managers in a roll-out', () => {
  const away = { state: 'down', reachability: 'unreachable' } as const

  it('are not taken down while another one is away', async () => {
    listed = [[aManager(second, away), aManager(leader)]]
    pressing(screen, 'l')
    expect(await run([anEntry(leader)])).toEqual(['waiting'])
    expect(isTouched('tolkewitz')).toBe(false)
    expect(screen.transcript).toContain('the swarm does not reach its manager miltitz')
  })

  it('are not taken down where the swarm cannot be asked', async () => {
    listed = [new SwarmNetworksError('unreachable', 'the connection was lost')]
    pressing(screen, 'l')
    expect(await run([anEntry(leader)])).toEqual(['waiting'])
    expect(isTouched('tolkewitz')).toBe(false)
  })

  it('are asked for again when told to', async () => {
    listed = [undefined]
    pressing(screen, 'r')
    expect(await run([anEntry(leader)])).toEqual(['done'])
  })

  it('are waited for: the next one is not touched before the swarm has the last one back', async () => {
    listed = [managers, [aManager(second, away), aManager(leader)], undefined]
    const running = run([anEntry(second), anEntry(leader)])
    await world.clock.advance(1_000)
    expect(isTouched('miltitz')).toBe(true)
    expect(isTouched('tolkewitz')).toBe(false)
    await world.clock.advance(2_000)
    expect(await running).toEqual(['done', 'done'])
  })

  it('that do not come back stop it', async () => {
    listed = [managers, ...Array.from({ length: 70 }, () => [aManager(second, away), aManager(leader)])]
    pressing(screen, 'l')
    const running = run([anEntry(second), anEntry(leader)])
    await world.clock.advance(61_000)
    expect(await running).toEqual(['unverified', 'waiting'])
    expect(screen.transcript).toContain('the swarm does not have its manager miltitz back')
    expect(isTouched('tolkewitz')).toBe(false)
  })

  it('whose engine does not run are brought back without asking anybody', async () => {
    listed = [undefined]
    expect(await run([anEntry(leader, { isEngineUp: false })])).toEqual(['done'])
  })
})
