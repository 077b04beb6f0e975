import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system-clock'
import { retestFailed } from '../../src/app/connectivity/retest-failed'
import type { TestObserver } from '../../src/app/connectivity/test-observer'
import { runConnectivityTest } from '../../src/app/connectivity-service'
import type { ConnectivityRun } from '../../src/core/connectivity/run'
import type { ConnectivityJson } from '../../src/core/report/json-report'
import { markdownReport } from '../../src/core/report/markdown-report'
import { becomes } from './becomes'
import { CommandLine } from './command-line'
import { openLab, type Lab } from './lab'
import { openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'

const hosts = ['lindenau', 'miltitz', 'tolkewitz'] as const
/** One container a host, each with an alias; two share theirs. */
const placed = [
  ['tolkewitz', 'shell0', 'front'],
  ['lindenau', 'shell1', 'shared'],
  ['miltitz', 'shell2', 'shared'],
] as const

let lab: Lab
let opened: FleetWithShells
/** Whether this machine's kernel has IPVS: then services answer at their own addresses. */
let hasIpvs: boolean

const network = () => opened.service.fleet.networks.find(({ name }) => name === 'gnswarm')!

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  hasIpvs = (await lab.manager.exec('test -e /proc/net/ip_vs')).code === 0
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  for (const [host, name, alias] of placed)
    await lab
      .machine(host)
      .run(`docker run -d --name ${name} --network gnswarm --network-alias ${alias} alpine sleep 1h`)
  await create('web', '--network name=gnswarm,alias=site --replicas 3')
  await create('rr', '--network gnswarm --endpoint-mode dnsrr --replicas 3')
  opened = await openFleetOf(lab, 'sockets')
  await opened.service.settled(AbortSignal.timeout(30_000))
  await members(9)
})

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await lab.heal()
  await lab.cleanup()
})

const create = (name: string, options: string) =>
  lab.manager.run(
    `docker service create --detach --no-resolve-image --name ${name} --stop-grace-period 1s ${options} nginx`,
  )

async function members(count: number): Promise<void> {
  const running = () => network().members.filter(({ isRunning }) => isRunning).length
  await becomes(opened, () => running() === count, 30_000)
  await opened.service.settled(AbortSignal.timeout(5_000))
}

function test(observer: TestObserver = {}): Promise<ConnectivityRun> {
  return runConnectivityTest(opened.service, network().key, { ...options(), observer })
}

const options = () => ({
  ...{ clock: systemClock, signal: AbortSignal.timeout(100_000) },
  hostChecks: { shells: opened.shells },
})
const causes = ({ findings }: ConnectivityRun) => findings.map(({ cause }) => cause)
const notGreen = ({ pairs }: ConnectivityRun) =>
  pairs
    .filter(({ result }) => result !== 'pass')
    .map(({ from, to, reason }) => `${from.container} ${to.container}: ${reason}`)
const failing = ({ names = [] }: ConnectivityRun) => [
  ...new Set(names.filter(({ result }) => result !== 'pass').map(({ target }) => target.name)),
]
const rowOf = (run: ConnectivityRun, name: string) => run.names!.filter(({ target }) => target.name === name)

async function lookUp(host: string, container: string, name: string): Promise<readonly string[]> {
  const said = await lab.machine(host).exec(`docker exec ${container} nslookup ${name}`)
  return [...said.stdout.matchAll(/Name:\s*\S+\s+Address: (\S+)/g)].map(([, address = '']) => address).toSorted()
}

describe('names and services on a real swarm', () => {
  let first: ConnectivityRun

  it('are asked for in the execs of the pairs, on engines 20.10 and 26.1, and lead to what they should', async () => {
    /** How many containers were asked, look by look. */
    const asked: number[] = []
    first = await test({
      planned: () => asked.push(0),
      asking: () => (asked[asked.length - 1] = (asked.at(-1) ?? 0) + 1),
    })
    expect(notGreen(first)).toEqual([])
    expect(failing(first)).toEqual(hasIpvs ? [] : ['web'])
    // One exec a container, and then one of each that tries the silent address once more: all but its own three tasks.
    expect(asked[0]).toBe(9)
    if (!hasIpvs) expect(asked[1]).toBe(6)
    expect(first.execs).toBe(asked.reduce((sum, n) => sum + n, 0))
    const names = [...new Set(first.names!.map(({ target }) => target.name))]
    expect(names.toSorted()).toEqual([
      'front',
      'rr',
      'shared',
      'shell0.gnswarm',
      'shell1.gnswarm',
      'shell2.gnswarm',
      'site',
      'tasks.rr',
      'tasks.web',
      'web',
    ])
    expect(rowOf(first, 'web')).toHaveLength(9)
    expect(
      rowOf(first, 'shared')
        .map(({ from }) => from.host)
        .toSorted(),
    ).toEqual(hosts)
    const addresses = (name: string) => rowOf(first, name).map(({ checks }) => checks[0]?.addresses?.length)
    expect(new Set(addresses('tasks.web'))).toEqual(new Set([3]))
    expect(new Set(addresses('rr'))).toEqual(new Set([3]))
    expect(new Set(addresses('shared'))).toEqual(new Set([2]))
    expect(new Set(addresses('site'))).toEqual(new Set([1]))
  })

  it('tell a service that does not answer at its own address from its tasks that do, and blame no other', () => {
    if (hasIpvs) {
      expect(causes(first)).toEqual([])
      return
    }
    const [finding, ...more] = first.findings
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'service-address-silent', confidence: 97 })
    expect(finding!.hosts.toSorted()).toEqual(hosts)
    const evidence = finding!.evidence.join('\n')
    const [{ target }] = rowOf(first, 'web') as [NonNullable<ConnectivityRun['names']>[number]]
    expect(target.virtualAddress).toMatch(/^10\./)
    expect(evidence).toContain(`The name web is ${target.virtualAddress}`)
    for (const { address } of rowOf(first, 'tasks.web')[0]!.target.meant)
      expect(evidence).toMatch(new RegExp(`\\(${address}\\) answers 6 of these containers: TCP port 80: connected`))
    expect(evidence).toContain('has no IPVS')
  })

  it('list the containers’ second addresses as they are inside', async () => {
    for (const [host, container] of placed) {
      const inside = await lab.machine(host).run(`docker exec ${container} ip -4 addr show`)
      const known = first.gateways!.find((gateway) => gateway.container === container)
      expect(known).toMatchObject({ host })
      expect(inside).toContain(`inet ${known!.address}/`)
    }
    expect(markdownReport(first)).toContain('## Second addresses')
  })

  it('make the command line’s outcome, and leave its matrix green', async () => {
    await using cli = await CommandLine.overSockets(lab)
    const { status, stdout } = await cli.run('test', 'gnswarm', '--json')
    const json = JSON.parse(stdout) as ConnectivityJson
    expect([status, json.ok]).toEqual(hasIpvs ? [0, true] : [1, false])
    expect(json.summary).toEqual({ pass: 72, fail: 0, notTested: 0 })
    expect(json.names!.find(({ name }) => name === 'rr')).toMatchObject({ endpointMode: 'dnsrr', result: 'pass' })
    expect(json.findings.map(({ cause }) => cause)).toEqual(hasIpvs ? [] : ['service-address-silent'])
  })

  it('say that a line in /etc/hosts hides what the name server says, at once', async () => {
    const file = '/etc/hosts'
    await lab
      .machine('lindenau')
      .run(`docker exec shell1 sh -c 'cp ${file} /tmp/hosts; echo 10.9.9.9 shell0 >>${file}'`)
    const gateway = first.gateways!.find(({ container }) => container === 'shell0')!
    await lab.machine('miltitz').run(`docker exec shell2 sh -c 'echo ${gateway.address} front >>${file}'`)
    const run = await test()
    await lab.machine('lindenau').run(`docker exec shell1 sh -c 'cat /tmp/hosts >${file}'`)
    await lab.machine('miltitz').run(`docker exec shell2 sh -c 'grep -v front ${file} >/tmp/h; cat /tmp/h >${file}'`)
    // Gossip, which takes up to 45 seconds, is not waited for.
    expect(run.durationMs).toBeLessThan(30_000)
    const found = run.findings.filter(({ cause }) => cause === 'hosts-file-entry')
    expect(found.map(({ hosts: at, containers }) => [...at, ...containers])).toEqual([
      ['lindenau', 'shell1'],
      ['miltitz', 'shell2'],
    ])
    const address = run.pairs.find(({ to }) => to.container === 'shell0')!.to.address!
    expect(found[0]!.evidence[0]).toContain(`/etc/hosts says that shell0 is 10.9.9.9; the name server says ${address}.`)
    expect(found[1]!.evidence.join('\n')).toMatch(/second address of .*shell0 on tolkewitz.*, on docker_gwbridge/)
    expect(causes(run).filter((cause) => cause !== 'hosts-file-entry')).toEqual(
      hasIpvs ? [] : ['service-address-silent'],
    )
  })

  it('answer after the commands that the finding gives, in its order', async () => {
    if (hasIpvs) return
    const { remedy } = first.findings[0]!
    const commands = [...remedy.matchAll(/docker service [a-z]+(?: --endpoint-mode dnsrr)? web(?:=\d)?/g)].map(
      ([all]) => all,
    )
    expect(commands).toEqual([
      'docker service scale web=0',
      'docker service update --endpoint-mode dnsrr web',
      'docker service scale web=3',
    ])
    const [down = '', change = '', up = ''] = commands
    await lab.manager.run(down.replace('scale', 'scale --detach'))
    await noTasks('web')
    await lab.manager.run(change.replace('update', 'update --detach'))
    await lab.manager.run(up.replace('scale', 'scale --detach'))
    await members(9)
    const now = await retestFailed(opened.service, { networkKey: network().key, last: first }, options())
    expect(failing(now)).toEqual([])
    const whole = await test()
    expect([notGreen(whole), failing(whole), causes(whole)]).toEqual([[], [], []])
    expect(rowOf(whole, 'web')[0]!.target).toMatchObject({ endpointMode: 'dnsrr' })
  })

  it('find the address that a service keeps whose mode was changed while it had tasks, on every host', async () => {
    await create('late', '--network gnswarm --replicas 2')
    await members(11)
    const [virtual] = await lookUp('tolkewitz', 'shell0', 'late')
    await lab.manager.run('docker service update --detach --endpoint-mode dnsrr late')
    // Both tasks are replaced, one after the other.
    await waitUntil(async () => ((await lookUp('miltitz', 'shell2', 'late')).length === 3 ? true : undefined), {
      signal: AbortSignal.timeout(60_000),
      ...{ timeoutMs: 50_000, what: 'two new tasks beside the old address' },
    })
    await members(11)
    const run = await test()
    const stale = run.findings.find(({ cause }) => cause === 'stale-service-address')
    expect(stale).toMatchObject({ title: `The name of the service late leads to ${virtual!}, which nobody has.` })
    expect(stale!.hosts.toSorted()).toEqual(hosts)
    expect(notGreen(run)).toEqual([])
    expect(causes(run).filter((cause) => cause !== 'service-address-silent')).toEqual(['stale-service-address'])
    expect(rowOf(run, 'tasks.late').every(({ result }) => result === 'pass')).toBe(true)
  })
})

async function noTasks(service: string): Promise<void> {
  const ask = async () => {
    const lists = await Promise.all(
      lab.machines.map((machine) =>
        machine.run(`docker ps -q --filter label=com.docker.swarm.service.name=${service}`),
      ),
    )
    return lists.join('').trim() === '' ? true : undefined
  }
  await waitUntil(ask, { signal: AbortSignal.timeout(60_000), timeoutMs: 50_000, what: `no task of ${service}` })
}
