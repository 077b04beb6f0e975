import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runConnectivityTest, type ConnectivityTestOptions } from '../../src/app/connectivity-service'
import { systemClock } from '../../src/adapters/system-clock'
import type { ConnectivityRun } from '../../src/core/connectivity/run'
import { waitUntil } from './support/wait-until'
import { openLab, type Lab } from './lab'
import { openFleetOf, type OpenedFleet } from './open-fleet'

/** Who runs where: two containers a host, so that neighbours can be compared with the other hosts. */
const placed = [
  ['tolkewitz', 'web', 'nginx'],
  ['tolkewitz', 'shell0', 'alpine sleep 1h'],
  ['lindenau', 'api', 'nginx'],
  ['lindenau', 'shell2', 'alpine sleep 1h'],
  ['miltitz', 'cache', 'nginx'],
  ['miltitz', 'shell1', 'alpine sleep 1h'],
] as const

let lab: Lab
let opened: OpenedFleet

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  // One after the other: a worker learns of the network with its first container.
  for (const [host, name, image] of placed)
    await lab.machine(host).run(`docker run -d --name ${name} --network gnswarm ${image}`)
  opened = await openFleetOf(lab, 'sockets')
  await opened.service.settled(AbortSignal.timeout(30_000))
  await members(6)
})

afterEach(() => lab.heal())

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await lab.heal()
  await lab.cleanup()
})

const network = () => opened.service.fleet.networks.find(({ name }) => name === 'gnswarm')

/** Waits until the fleet sees so many members, all of them as the engines do now. */
async function members(count: number, running = count): Promise<void> {
  const isSeen = () => {
    const seen = network()?.members ?? []
    return seen.length === count && seen.filter(({ isRunning }) => isRunning).length === running ? true : undefined
  }
  await waitUntil(() => Promise.resolve(isSeen()), {
    signal: AbortSignal.timeout(30_000),
    timeoutMs: 25_000,
    what: `${count} members, ${running} running`,
  })
}

function test(options: Partial<ConnectivityTestOptions> = {}): Promise<ConnectivityRun> {
  return runConnectivityTest(opened.service, network()!.key, {
    clock: systemClock,
    signal: AbortSignal.timeout(60_000),
    ...options,
  })
}

const causes = ({ findings }: ConnectivityRun) => findings.map(({ cause, hosts }) => [cause, ...[...hosts].sort()])
const failed = ({ pairs }: ConnectivityRun) => pairs.filter(({ result }) => result === 'fail')

/** Runs a command in the network of a container, with the machine's tools. */
async function inNetworkOf(host: string, container: string, command: string): Promise<void> {
  const machine = lab.machine(host)
  const pid = (await machine.run(`docker inspect -f '{{.State.Pid}}' ${container}`)).trim()
  await machine.run(`nsenter -t ${pid} -n ${command}`)
}

/** What runs in the containers beside their own process; `Z` would be one that nobody reaps. */
async function strangers(): Promise<readonly string[]> {
  const lists = await Promise.all(
    placed.map(([host, name]) => lab.machine(host).run(`docker top ${name} -eo stat,args | tail -n +2`)),
  )
  const own = /^\S+\s+(httpd|sleep 1h)/
  return lists.flatMap((list) => list.split('\n')).filter((line) => line !== '' && !own.test(line))
}

describe('causes on a real swarm', () => {
  it('are none while all is well, with busybox in every container', async () => {
    for (const [host, name] of placed)
      expect(await lab.machine(host).run(`docker exec ${name} busybox`)).toMatch(/^BusyBox v/)
    const run = await test()
    expect([run.findings, failed(run), run.execs]).toEqual([[], [], 6])
    expect(run.pairs).toHaveLength(30)
    expect(await strangers()).toEqual([])
  })

  it('name the two hosts where only the way between them is closed', async () => {
    await lab.machine('tolkewitz').faults.dropUdp(4789, lab.machine('lindenau').address)
    const run = await test()
    expect(causes(run)).toEqual([['no-path-between-hosts', 'lindenau', 'tolkewitz']])
    expect(failed(run)).toHaveLength(8)
    expect(await strangers()).toEqual([])
  })

  it('name the closed data path of one host, and nothing lives on after a cancelled test', async () => {
    await lab.machine('miltitz').faults.dropUdp(4789)
    const abort = new AbortController()
    const running = test({ signal: abort.signal })
    setTimeout(() => abort.abort(), 1_500)
    const cancelled = await running
    expect(cancelled.isCancelled).toBe(true)
    const untested = cancelled.pairs.filter(({ result }) => result === 'not-tested')
    expect(untested.length).toBeGreaterThan(0)
    expect(untested.every(({ reason }) => (reason ?? '').includes('cancelled'))).toBe(true)
    // The API cannot end an exec: the script has to, by its own limit.
    await waitUntil(async () => ((await strangers()).length === 0 ? true : undefined), {
      signal: AbortSignal.timeout(20_000),
      timeoutMs: 15_000,
      what: 'the probes to end by themselves',
    })
    expect(causes(await test())).toEqual([['no-path-between-hosts', 'miltitz']])
  })

  it('tell a name that two containers have', async () => {
    await lab.machine('lindenau').run('docker run -d --name web --network gnswarm nginx')
    await members(7)
    const run = await test()
    await lab.machine('lindenau').run('docker rm -f web')
    await members(6)
    expect(causes(run)).toEqual([['duplicate-name', 'lindenau', 'tolkewitz']])
    expect(failed(run).every(({ to }) => to.container === 'web')).toBe(true)
  })

  it('tell a resolver that does not answer', async () => {
    await inNetworkOf('miltitz', 'shell1', 'iptables -I OUTPUT -d 127.0.0.11 -j DROP')
    const run = await test()
    await inNetworkOf('miltitz', 'shell1', 'iptables -D OUTPUT -d 127.0.0.11 -j DROP')
    expect(run.findings.map(({ cause, containers }) => [cause, ...containers])).toEqual([
      ['resolver-not-answering', 'shell1'],
    ])
  })

  it('tell a paused target from a stopped one', async () => {
    await lab.machine('lindenau').run('docker pause api && docker stop -t 0 shell2')
    await members(6, 4)
    const run = await test()
    await lab.machine('lindenau').run('docker unpause api && docker start shell2')
    await members(6)
    expect(run.findings.map(({ cause, containers }) => [cause, ...containers])).toEqual([
      ['target-not-running', 'shell2'],
      ['target-paused', 'api'],
    ])
    expect(failed(await test())).toEqual([])
  })

  it('tell where large packets get lost, and how large they may be', async () => {
    const undo = await lab.machine('miltitz').faults.lowerMtu(1400)
    const run = await test()
    expect(causes(run)).toEqual([['mtu-black-hole', 'miltitz']])
    // A link lets through four bytes more than its MTU.
    expect(run.findings[0]?.title).toMatch(
      /^Large packets get lost between miltitz and the other hosts: above 135[0-4] of 1450 bytes\.$/,
    )
    expect(run.findings[0]?.remedy).toContain('an MTU of 1400 ')
    // One more exec for each two hosts between which packets get lost.
    expect(run.execs).toBeLessThanOrEqual(8)
    await undo()
    expect(causes(await test())).toEqual([])
  })
})
