import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContainerJson, HostJson, NetworkJson } from '../../src/core/report/fleet-json'
import type { ConnectivityJson } from '../../src/core/report/json-report'
import { CommandLine } from './command-line'
import { openLab, type Lab } from './lab'

let lab: Lab

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
})

afterAll(async () => {
  await lab.heal()
  await lab.cleanup()
})

const ways = [
  ['sockets', (lab: Lab) => CommandLine.overSockets(lab)],
  ['SSH', (lab: Lab) => CommandLine.overSsh(lab)],
] as const

/** Pairs of hosts that have a failed pair of containers, each once. */
function failedHosts({ pairs }: ConnectivityJson): readonly string[] {
  const failed = pairs.filter(({ result }) => result === 'fail').map(({ fromHost, toHost }) => `${fromHost} ${toHost}`)
  return [...new Set(failed)].sort()
}

describe.each(ways)('the main job on the command line, over %s', (_name, open) => {
  let cli: CommandLine

  beforeAll(async () => {
    await lab.cleanup()
    cli = await open(lab)
  })

  afterAll(async () => {
    await cli[Symbol.asyncDispose]()
  })

  const test = (...options: readonly string[]) => cli.run('test', 'gnswarm', '--json', ...options)
  const outcome = (stdout: string) => JSON.parse(stdout) as ConnectivityJson

  it('lists the hosts with their roles and both engine generations', async () => {
    const hosts = await cli.json<readonly HostJson[]>('hosts')
    expect(hosts.map(({ name, state, role, availability }) => [name, state, role, availability])).toEqual([
      ['lindenau', 'ready', 'worker', 'active'],
      ['miltitz', 'ready', 'worker', 'active'],
      ['tolkewitz', 'ready', 'manager', 'active'],
    ])
    expect(hosts.map(({ name, address }) => [name, address])).toEqual(
      hosts.map(({ name }) => [name, lab.machine(name).address]),
    )
    const versions = Object.fromEntries(hosts.map(({ name, engineVersion }) => [name, engineVersion]))
    expect(versions['tolkewitz']).toMatch(/^20\.10\./)
    expect(versions['miltitz']).toMatch(/^26\.1\./)
  })

  it('creates the overlay network and runs a container on each of two hosts', async () => {
    const network = await cli.json<{ id: string; host: string }>('network', 'create', 'gnswarm')
    expect(network.host).toBe('tolkewitz')
    const web = ['--name', 'web', '--network', 'gnswarm', '--on', 'tolkewitz', 'nginx'] as const
    const shell1 = ['--name', 'shell1', '--network', 'gnswarm', '--on', 'miltitz', '-it', 'alpine'] as const
    expect(await cli.json('run', ...web)).toMatchObject({ name: 'web', host: 'tolkewitz', network: 'gnswarm' })
    expect(await cli.json('run', ...shell1)).toMatchObject({ name: 'shell1', host: 'miltitz' })

    const merged = (await cli.json<readonly NetworkJson[]>('networks')).filter(({ name }) => name === 'gnswarm')
    expect(merged).toHaveLength(1)
    expect(merged[0]).toMatchObject({ id: network.id, driver: 'overlay', scope: 'swarm', attachable: true })
    const [subnet = ''] = merged[0]!.subnets
    const prefix = subnet.replace(/\.0\/24$/, '.')
    const address = expect.stringMatching(new RegExp(`^${prefix.replaceAll('.', '\\.')}\\d+$`)) as string
    expect(merged[0]!.members).toEqual([
      { container: 'shell1', host: 'miltitz', address, running: true },
      { container: 'web', host: 'tolkewitz', address, running: true },
    ])
    const containers = await cli.json<readonly ContainerJson[]>('containers')
    expect(containers.map(({ name, host, image, state }) => [name, host, image, state])).toEqual([
      ['shell1', 'miltitz', 'alpine:latest', 'running'],
      ['web', 'tolkewitz', 'nginx:latest', 'running'],
    ])
  })

  it('refuses what cannot work, before anything is sent', async () => {
    const taken = await cli.run('network', 'create', 'gnswarm')
    expect(taken).toMatchObject({ status: 2 })
    expect(taken.stderr).toMatch(/gnswarm/)
    const nowhere = await cli.run('run', '--name', 'x1', '--network', 'gnswarm', '--on', 'kaditz', 'alpine')
    expect(nowhere.status).toBe(2)
    expect(nowhere.stderr).toMatch(/kaditz.*Known are: lindenau, miltitz, tolkewitz/s)
    expect(await cli.json('containers')).toHaveLength(2)
  })

  it('finds two containers reachable, and writes the reports', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'swarm-networks-reports-'))
    const [junit, markdown] = [join(folder, 'junit.xml'), join(folder, 'report.md')]
    const { status, stdout, stderr } = await test('--junit', junit, '--markdown', markdown)
    expect([status, stderr]).toEqual([0, ''])
    const run = outcome(stdout)
    expect(run).toMatchObject({ network: 'gnswarm', ok: true, findings: [] })
    expect(run.pairs.map(({ from, fromHost, to, toHost, result }) => [from, fromHost, to, toHost, result])).toEqual([
      ['shell1', 'miltitz', 'web', 'tolkewitz', 'pass'],
      ['web', 'tolkewitz', 'shell1', 'miltitz', 'pass'],
    ])
    const toWeb = run.pairs[0]!.checks.filter(({ result }) => result === 'pass').map(({ kind }) => kind)
    expect(toWeb).toEqual(['target', 'name', 'icmp', 'mtu', 'tcp', 'http'])
    const xml = await readFile(junit, 'utf8')
    const names = (run.names ?? []).flatMap(({ results }) => results)
    expect(names.map(({ result }) => result)).not.toContain('fail')
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml) as unknown
    expect(JSON.stringify(parsed)).toContain(`"@_tests":"${2 + names.length}"`)
    expect(await readFile(markdown, 'utf8')).toMatch(/gnswarm/)
    await rm(folder, { recursive: true })
  })

  it('finds twelve containers reachable, one exec each', async () => {
    await Promise.all(
      lab.machines.map(async (machine, m) => {
        for (let i = 0; i < 10 && m + 3 * i < 10; i++)
          await machine.run(
            `docker run -d --name c${m + 3 * i} --network gnswarm ${i % 2 ? 'nginx' : 'alpine sleep 1h'}`,
          )
      }),
    )
    const { status, stdout, stderr } = await test()
    expect([status, stderr]).toEqual([0, ''])
    const run = outcome(stdout)
    expect(run.pairs).toHaveLength(12 * 11)
    expect(run.pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(run.execs).toBeGreaterThanOrEqual(12)
    // Where a ping gets lost, as happens on a busy machine, it is counted once more between these two hosts, each way.
    expect(run.execs).toBeLessThanOrEqual(12 + 6)
  })

  it('names UDP 4789 dropped at one host: only pairs with that host fail', async () => {
    const mend = await lab.machine('tolkewitz').faults.dropUdp(4789)
    const { status, stdout } = await test()
    await mend()
    expect(status).toBe(1)
    const run = outcome(stdout)
    expect(failedHosts(run)).toEqual([
      'lindenau tolkewitz',
      'miltitz tolkewitz',
      'tolkewitz lindenau',
      'tolkewitz miltitz',
    ])
    const between = run.pairs.filter(({ fromHost, toHost }) => (fromHost === 'tolkewitz') !== (toHost === 'tolkewitz'))
    expect(between.every(({ result }) => result === 'fail')).toBe(true)
    expect(run.findings.map(({ cause }) => cause)).toEqual(['data-path-closed'])
    expect(run.findings[0]!.hosts[0]).toBe('tolkewitz')
    expect(run.findings[0]!.evidence.join('\n')).toMatch(/4789\/udp/)
    expect(await test()).toMatchObject({ status: 0 })
  })

  it('says that a stopped target is not running', async () => {
    await lab.machine('tolkewitz').run('docker stop -t 0 web')
    const { status, stdout } = await test()
    expect(status).toBe(1)
    const run = outcome(stdout)
    expect(run.pairs.filter(({ result }) => result === 'fail').every(({ to }) => to === 'web')).toBe(true)
    expect(run.findings.map(({ cause, hosts, containers }) => [cause, hosts, containers])).toEqual([
      ['target-not-running', ['tolkewitz'], ['web']],
    ])
    expect(run.findings[0]!.fixes.map(({ id }) => id)).toContain('start-target')
    await lab.machine('tolkewitz').run('docker start web')
    expect(await test()).toMatchObject({ status: 0 })
  })

  it('says that a port is closed where an image exposes one and nothing listens', async () => {
    await lab.machine('lindenau').run('docker run -d --name deaf --network gnswarm nginx sleep 1h')
    const { status, stdout } = await test('--from', 'shell1', '--to', 'deaf')
    expect(status).toBe(1)
    const run = outcome(stdout)
    expect(run.pairs).toHaveLength(1)
    expect(run.findings.map(({ cause, containers }) => [cause, containers])).toEqual([['port-closed', ['deaf']]])
    await lab.machine('lindenau').run('docker rm -f deaf')
  })

  it('does not count a refused ping as a failure where TCP passes', async () => {
    const machine = lab.machine('tolkewitz')
    const pid = (await machine.run("docker inspect -f '{{.State.Pid}}' web")).trim()
    const rule = '-p icmp --icmp-type echo-request -j DROP'
    await machine.run(`nsenter -t ${pid} -n iptables -I INPUT ${rule}`)
    const { status, stdout } = await test('--from', 'shell1', '--to', 'web')
    await machine.run(`nsenter -t ${pid} -n iptables -D INPUT ${rule}`)
    expect(status).toBe(0)
    expect(outcome(stdout).pairs[0]!.checks.find(({ kind }) => kind === 'icmp')?.result).toBe('not-tested')
  })

  it('tests an image without a shell as a target, and as a source by a helper that is gone afterwards', async () => {
    await lab.machine('lindenau').run('docker run -d --name bare --network gnswarm noshell')
    const to = outcome((await test('--from', 'shell1', '--to', 'bare')).stdout)
    expect(to).toMatchObject({ ok: true, pairs: [{ result: 'pass' }] })
    const without = await test('--from', 'bare', '--to', 'web', '--no-helper')
    const by = await test('--from', 'bare', '--to', 'web')
    const left = await lab.machine('lindenau').run('docker ps -aq --filter label=swarm-networks.helper')
    await lab.machine('lindenau').run('docker rm -f bare')
    expect(without.status).toBe(2)
    expect(outcome(without.stdout)).toMatchObject({ ok: false, pairs: [{ result: 'not-tested' }] })
    expect(without.stderr).toMatch(/shell/)
    expect(outcome(by.stdout)).toMatchObject({
      ok: true,
      pairs: [{ result: 'pass' }],
      helped: [{ container: 'bare', host: 'lindenau', image: 'alpine:latest' }],
    })
    const checks = outcome(by.stdout).pairs[0]!.checks.map(({ kind, result }) => `${kind} ${result}`)
    expect(checks).toEqual(expect.arrayContaining(['name pass', 'icmp pass', 'mtu pass', 'tcp pass', 'http pass']))
    expect(left).toBe('')
  })

  it('says why a network without containers cannot be tested', async () => {
    await cli.json('network', 'create', 'empty')
    const { status, stderr } = await cli.run('test', 'empty')
    expect(status).toBe(2)
    expect(stderr).toMatch(/empty could not be tested/)
    const unknown = await cli.run('test', 'nothing')
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toMatch(/No host lists a network "nothing".*empty, gnswarm/s)
  })

  it('goes on without a host that is down, and says which', async () => {
    const mend = await lab.machine('lindenau').faults.stopDockerService()
    const { status, stdout, stderr } = await cli.run('hosts', '--json')
    const tested = await test('--from', 'shell1', '--to', 'web')
    await mend()
    expect(status).toBe(0)
    const hosts = JSON.parse(stdout) as readonly HostJson[]
    const down = hosts.find(({ state }) => state === 'unreachable')
    expect(down?.reason).toBeDefined()
    expect(hosts.filter(({ state }) => state === 'ready').map(({ name }) => name)).toEqual(['miltitz', 'tolkewitz'])
    expect(stderr).toMatch(/unreachable/)
    expect(tested.status).toBe(0)
  })
})

describe('without hosts', () => {
  it('says so, and how to name one', async () => {
    await using cli = await CommandLine.overSockets(lab)
    const nothing = await cli.runWith(['--host', 'unix:///nowhere/docker.sock'], ['networks'])
    expect(nothing.status).toBe(2)
    expect(nothing.stderr).toMatch(/\/nowhere\/docker\.sock.*No host answers/s)
    const bad = await cli.runWith(['--host', 'gopher://x'], ['hosts'])
    expect(bad.status).toBe(2)
    expect(bad.stderr).toMatch(/gopher/)
  })
})
