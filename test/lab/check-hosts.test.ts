import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system-clock'
import { networkToCheck, runHostChecks } from '../../src/app/host-checks/run-host-checks'
import type { Verdict } from '../../src/core/host-checks/host-check'
import type { HostsCheck } from '../../src/core/host-checks/judge-hosts'
import type { HostChecksJson } from '../../src/core/report/host-checks-json'
import { CommandLine } from './command-line'
import { DatedProxy } from './dated-proxy'
import { openLab, type Lab } from './lab'
import { openFleetBehind, openFleetOf, type FleetWithShells } from './open-fleet'
import { waitUntil } from './support/wait-until'

/*
 * What hosts owe each other, on the real swarm: all well, then with faults of which each has to show at its host and its
 * check, and nothing else may be called failed.
 */

let lab: Lab
let opened: FleetWithShells

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  await lab.manager.run('docker network create -d overlay --attachable gnswarm')
  for (const [host, name, image] of [
    ['tolkewitz', 'web', 'nginx'],
    ['lindenau', 'shell1', 'alpine'],
    ['miltitz', 'shell2', 'alpine'],
  ] as const)
    await lab.machine(host).run(`docker run -dit --name ${name} --network gnswarm ${image}`)
  opened = await openFleetOf(lab, 'root')
  await opened.service.settled(AbortSignal.timeout(30_000))
  await waitUntil(
    async () => {
      const isThere = opened.service.fleet.networks.some(
        ({ name, members }) => name === 'gnswarm' && members.length === 3,
      )
      if (!isThere) return undefined
      const checked = await check()
      // An engine's log has to tell for as long as it takes to ask everybody some times.
      const isGossipTold = of(checked, 'ok').filter((line) => line.endsWith('gossip-udp')).length === 3
      return isGossipTold && failedOf(checked).length === 0 ? true : undefined
    },
    { signal: AbortSignal.timeout(90_000), timeoutMs: 80_000, what: 'all hosts to be well' },
  )
})

afterEach(() => lab.heal())

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await lab.heal()
  await lab.cleanup()
})

async function check({ service, shells } = opened): Promise<HostsCheck> {
  const network = networkToCheck(service.fleet)
  const { check: checked } = await runHostChecks(service, network!.key, {
    helper: {},
    hostChecks: { helper: {}, shells, opensShells: true },
    clock: systemClock,
    signal: AbortSignal.timeout(90_000),
  })
  return checked
}

function of({ hosts }: HostsCheck, verdict: Verdict): readonly string[] {
  return hosts.flatMap(({ host, verdicts }) =>
    verdicts.filter((one) => one.verdict === verdict).map((one) => `${host} ${one.check}`),
  )
}

const failedOf = (checked: HostsCheck) => of(checked, 'failed')

function reasonOf({ hosts }: HostsCheck, host: string, id: string): string {
  const row = hosts.find((one) => one.host === host)
  return row?.verdicts.find((one) => one.check === id)?.reason ?? ''
}

describe('checks between the hosts of a swarm', () => {
  it('are well where all is well, and leave open what nobody can tell', async () => {
    const checked = await check()
    expect([failedOf(checked), checked.findings, checked.notes]).toEqual([[], [], []])
    expect(of(checked, 'not-tested').toSorted()).toEqual([
      'lindenau esp',
      'lindenau management-port',
      'miltitz esp',
      'miltitz management-port',
      'tolkewitz esp',
    ])
    expect(of(checked, 'ok')).toHaveLength(28)
  })

  it('tell a closed data path at both of its ends, with the rule that drops it', async () => {
    await lab.machine('lindenau').faults.dropUdp(4789)
    const checked = await check()
    expect(failedOf(checked)).toEqual(['lindenau data-path', 'miltitz data-path', 'tolkewitz data-path'])
    expect(reasonOf(checked, 'lindenau', 'data-path')).toMatch(/has dropped \d+ packets by the rule “-A INPUT/)
    expect(checked.findings[0]).toMatchObject({ cause: 'data-path-closed' })
    expect(checked.findings[0]!.hosts[0]).toBe('lindenau')
  })

  it('tell a management port that nobody gets through to, though no container notices', async () => {
    await lab.machine('tolkewitz').faults.dropTcp(2377)
    const checked = await check()
    expect(failedOf(checked)).toContain('tolkewitz management-port')
    expect(reasonOf(checked, 'tolkewitz', 'management-port')).toMatch(/2377\/tcp of tolkewitz did not answer/)
    expect(failedOf(checked).filter((line) => /data-path|gossip|mtu/.test(line))).toEqual([])
  })

  it('tell a way that carries less than the network needs, with the card that has less', async () => {
    await lab.machine('miltitz').faults.lowerMtu(1400)
    const checked = await check()
    expect(failedOf(checked)).toContain('miltitz path-mtu')
    expect(reasonOf(checked, 'miltitz', 'path-mtu')).toMatch(/network card eth0 carries 1400 bytes/)
    expect(failedOf(checked).filter((line) => !line.endsWith('path-mtu'))).toEqual([])
    const [finding] = checked.findings
    expect(finding).toMatchObject({ cause: 'mtu-black-hole' })
    expect(finding!.evidence).toContain('The network card eth0 of miltitz has an MTU of 1400.')
  })

  it('tell a clock that is off, by the date of an engine’s answers', async () => {
    const proxy = await DatedProxy.before(lab.machine('miltitz'), -300_000)
    await using behind = await openFleetBehind(lab, { way: 'root', machine: 'miltitz', proxy })
    await behind.service.settled(AbortSignal.timeout(30_000))
    const checked = await check(behind)
    expect(failedOf(checked)).toEqual(['miltitz clock'])
    expect(reasonOf(checked, 'miltitz', 'clock')).toMatch(/^It is (299|300|301) seconds behind the other hosts\.$/)
    expect(checked.findings).toMatchObject([{ cause: 'clock-skew', hosts: ['miltitz'] }])
  })

  it('are the same on the command line, with an exit status', async () => {
    await using cli = await CommandLine.overSsh(lab)
    const well = await cli.json<HostChecksJson>('check', 'gnswarm')
    expect([well.ok, well.summary.failed, well.hosts.length]).toEqual([true, 0, 3])
    // Over SSH as a user who may not list the rules of packet filters: that is not called well.
    expect(well.hosts.flatMap(({ checks }) => checks.filter(({ check: id }) => id === 'open-to-all'))).toMatchObject(
      Array.from({ length: 3 }, () => ({ verdict: 'not-tested' })),
    )
    await lab.machine('lindenau').faults.dropUdp(4789)
    const { status, stdout } = await cli.run('check')
    expect(status).toBe(1)
    expect(stdout).toMatch(/FAILED +data-path/)
  })

  it('tell 7946/udp that nobody gets through to, by the logs of the others, and no other host', async () => {
    await lab.machine('lindenau').faults.dropUdp(7946)
    const checked = await waitUntil(
      async () => {
        const latest = await check()
        return latest.findings.length > 0 ? latest : undefined
      },
      { signal: AbortSignal.timeout(90_000), timeoutMs: 80_000, what: 'the engines to miss it' },
    )
    expect(checked.findings).toMatchObject([{ cause: 'gossip-partly-closed', hosts: ['lindenau'] }])
    expect(checked.findings[0]!.title).toMatch(/^7946\/udp of lindenau is closed/)
    expect(failedOf(checked)).toEqual(['lindenau gossip-udp'])
    expect(of(checked, 'ok').filter((line) => line.endsWith('gossip-udp'))).toEqual([
      'miltitz gossip-udp',
      'tolkewitz gossip-udp',
    ])
  })
})
