import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createConnector } from '../../src/adapters/create-connector'
import { systemClock } from '../../src/adapters/system-clock'
import { FleetService } from '../../src/app/fleet-service'
import type { Fleet } from '../../src/core/model/fleet'
import type { Host } from '../../src/core/model/host'
import type { Target } from '../../src/core/model/target'
import type { TargetSource } from '../../src/core/ports/environment'
import { noPrompts } from '../no-prompts'
import { expectGolden } from '../unit/golden'
import { becomes } from './becomes'
import { openFaultyHosts, type FaultyHosts } from './faulty-hosts'
import { openLab, type Lab } from './lab'
import { openWays, type Ways } from './ways'

/** A connection's deadline is 15 seconds; what is on top is for a slow machine. */
const deadlineMs = 20_000

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

let lab: Lab
let ways: Ways
let faulty: FaultyHosts
let service: FleetService
/** What was made, to be taken away also where making the next thing failed. */
const made: (() => unknown)[] = []
/** Each faulty host as it was when its failure was told first: it is tried again, and later words may be others. */
const failed = new Map<string, { readonly host: Host; readonly afterMs: number }>()
let readyAfter: number
/** The hosts in the moment in which all of the lab's were ready by all of their ways. */
let whenReady: readonly Host[]

const isFaulty = ({ target }: Host) => faulty.settings.some(({ name }) => target?.id === `settings:${name}`)
const sound = ({ hosts }: Fleet) => hosts.filter((host) => !isFaulty(host))
const isManager = ({ engine }: Host) => engine?.info.classic !== undefined
/** A classic Swarm's manager is a host of its own, and a way to its nodes. */
const waysOf = (hosts: readonly Host[]) =>
  Object.fromEntries(
    hosts
      .filter((host) => !isManager(host))
      .flatMap(({ name, via, alsoVia }) => [via, ...alsoVia].map((url) => [url, name])),
  )

/** Hosts that are reached over SSH by these aliases. */
function aSource(names: readonly string[]): TargetSource {
  const targets = names.map((host): Target => {
    return {
      id: `settings:${host}`,
      name: host,
      endpoint: { kind: 'ssh', host, user: 'docker-user' },
      source: 'settings',
      isDisabled: false,
    }
  })
  return {
    id: 'settings',
    read: () => Promise.resolve({ targets, problems: [] }),
    onDidChange: () => ({ dispose: quiet }),
  }
}

/** One fleet for the whole file: ten ways to three machines, and seventeen hosts that something is wrong with. */
beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  made.push(async () => {
    await lab.heal()
    await lab.cleanup()
  })
  ways = await openWays(lab)
  made.push(() => ways[Symbol.asyncDispose]())
  faulty = await openFaultyHosts(lab, ways)
  made.push(() => faulty[Symbol.asyncDispose]())
  const connector = createConnector({ machine: ways.machine, clock: systemClock, log, prompts: noPrompts })
  made.push(() => connector.dispose())
  const sources = await ways.sources(faulty.settings)
  service = new FleetService({ connector, sources, clock: systemClock, log })
  made.push(() => service.dispose())
  const start = performance.now()
  service.onDidChange(() => {
    for (const host of service.fleet.hosts.filter(isFaulty)) {
      const name = host.target?.name ?? ''
      if (host.failure && !failed.has(name)) failed.set(name, { host, afterMs: performance.now() - start })
    }
  })
  service.start()
  const opened = { service, [Symbol.asyncDispose]: () => Promise.resolve() }
  const expected = Object.keys(ways.urls).length
  await becomes(opened, (fleet) => Object.keys(waysOf(sound(fleet))).length === expected, deadlineMs)
  readyAfter = performance.now() - start
  whenReady = service.fleet.hosts
  await becomes(opened, () => failed.size === faulty.settings.length, deadlineMs)
})

afterAll(async () => {
  for (const end of made.toReversed()) await end()
})

describe('one fleet over every way at once', () => {
  it('has each host once, ready, with all of its ways', () => {
    const hosts = sound(service.fleet)
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ['classic', 'ready'],
      ['lindenau', 'ready'],
      ['miltitz', 'ready'],
      ['tolkewitz', 'ready'],
    ])
    expect(waysOf(hosts)).toEqual(ways.urls)
  })

  it('has a container once, however many ways lead to it', async () => {
    await lab.machine('miltitz').run('docker run -d --name once alpine sleep 1h')
    const places = ({ hosts }: Fleet) =>
      hosts.flatMap(({ name, engine }) =>
        (engine?.containers ?? []).filter((container) => container.name === 'once').map(() => name),
      )
    const opened = { service, [Symbol.asyncDispose]: () => Promise.resolve() }
    await becomes(opened, (fleet) => places(fleet).length > 0, 5_000)
    expect(places(service.fleet)).toEqual(['miltitz'])
  })
})

describe('a host that falls silent', () => {
  it('is given up as ServerAliveInterval says, while the others go on, and is found again', async () => {
    const machine = lab.machine('miltitz')
    await writeFile(
      join(ways.home, '.ssh/conf.d/silent'),
      `Host mortal\n  HostName ${machine.address}\n  User docker-user\n  ServerAliveInterval 1\n  ServerAliveCountMax 2\n`,
    )
    const connector = createConnector({ machine: ways.machine, clock: systemClock, log, prompts: noPrompts })
    onTestFinished(() => connector.dispose())
    const sources = [aSource(['mortal', 'forwarding'])]
    const fleet = new FleetService({ connector, sources, clock: systemClock, log })
    onTestFinished(() => fleet.dispose())
    const opened = { service: fleet, [Symbol.asyncDispose]: () => Promise.resolve() }
    const isReady = (alias: string) => (now: Fleet) =>
      now.hosts.some(({ target, state }) => target?.name === alias && state === 'ready')
    fleet.start()
    await becomes(opened, (now) => isReady('mortal')(now) && isReady('forwarding')(now), deadlineMs)
    const wake = await machine.faults.pauseMachine()
    onTestFinished(wake)
    await becomes(opened, (now) => !isReady('mortal')(now), 8_000)
    expect(fleet.fleet.hosts.find(({ target }) => target?.name === 'mortal')?.failure?.message).toMatch(
      /^SSH to mortal \(.*\), connect: the connection was lost: /,
    )
    expect(isReady('forwarding')(fleet.fleet)).toBe(true)
    await wake()
    await becomes(opened, isReady('mortal'), deadlineMs)
  })
})

describe('hosts that something is wrong with', () => {
  it('hold up no other host', () => {
    const states = whenReady.filter(isFaulty).map(({ target, state }) => [target?.name, state] as const)
    expect(states.filter(([name]) => faulty.silent.includes(name ?? ''))).toEqual(
      [...faulty.silent].sort().map((name) => [name, 'connecting']),
    )
    for (const name of faulty.silent) expect(failed.get(name)?.afterMs).toBeGreaterThan(readyAfter)
  })

  it('end within their deadline, each in words that name the step and the remedy', () => {
    expect(Math.max(...[...failed.values()].map(({ afterMs }) => afterMs))).toBeLessThan(deadlineMs)
    const lines = faulty.settings.map(({ name }) => {
      const { state, failure } = failed.get(name)!.host
      return `## ${name}\n\n${state}, ${failure?.code}: ${faulty.stable(failure?.message ?? '')}\n`
    })
    expectGolden(
      'faulty-hosts.golden.md',
      `# What is said of hosts that something is wrong with\n\n${lines.join('\n')}`,
    )
  })
})
