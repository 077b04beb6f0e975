import { beforeEach, describe, expect, it } from 'vitest'
import { networkToCheck, runHostChecks } from '../../../../src/app/host-checks/run-host-checks'
import { hostCheckList } from '../../../../src/core/host-checks/checks/check-list'
import { countVerdicts } from '../../../../src/core/host-checks/judge-hosts'
import { hostChecksJson, isWell } from '../../../../src/core/report/host-checks-json'
import { hostChecksReport } from '../../../../src/core/report/host-checks-report'
import { hostChecksText } from '../../../../src/core/report/host-checks-text'
import { aBridge, aContainer, aFleet, aHost, anOverlay, aSilentHost, attachedTo } from '../../builders'
import { FakeClock } from '../../fakes/fake-clock'
import { FakeProbes } from '../connectivity/fake-probes'

const gnswarm = anOverlay()
const ingress = anOverlay({ name: 'ingress', isIngress: true })
const bridge = aBridge()

const member = (name: string, address: string) =>
  aContainer({ createdAt: 0, status: 'Up 2 hours', name, ports: [], attachments: [attachedTo(gnswarm, address)] })

function world() {
  return aFleet([
    aHost('tolkewitz', {
      containers: [member('web', '10.0.1.2'), member('db', '10.0.1.3')],
      networks: [gnswarm, ingress, bridge],
    }),
    aHost('miltitz', { role: 'worker', containers: [member('shell1', '10.0.1.5')], networks: [gnswarm, ingress] }),
    aSilentHost('lindenau'),
  ])
}

describe('runHostChecks', () => {
  let probes: FakeProbes
  const abort = new AbortController()
  const check = (key = gnswarm.id, signal = abort.signal) =>
    runHostChecks(probes, key, { hostChecks: {}, clock: new FakeClock(), signal })

  beforeEach(() => {
    probes = new FakeProbes(world())
  })

  it('lets one container a host speak to the others', async () => {
    const { run } = await check()
    expect(run.pairs.map(({ from, to }) => `${from.container}→${to.container}`).toSorted()).toEqual([
      'db→shell1',
      'shell1→db',
    ])
    expect(run.execs).toBe(2)
  })

  it('gives every host of the cluster a row, and says why one has no verdicts', async () => {
    const { check: checked } = await check()
    for (const { verdicts } of checked.hosts)
      expect(verdicts.map((verdict) => verdict.check)).toEqual(hostCheckList.map(({ id }) => id))
    // These engines answer nothing but execs: what they were not asked is not told.
    expect(countVerdicts(checked).failed).toBe(0)
    expect(checked.notes.join(' ')).toContain('was not asked for what it is')
    expect(isWell(checked)).toBe(false)
  })

  it('checks the hosts of the swarm’s own network without asking any container', async () => {
    const { run, check: checked } = await check(ingress.id)
    expect([run.pairs, run.execs, checked.network.name]).toEqual([[], 0, 'ingress'])
  })

  it('refuses what no hosts share, and what is gone', async () => {
    const own = probes.fleet.networks.find(({ driver }) => driver === 'bridge')
    await expect(check(own?.key)).rejects.toMatchObject({ code: 'unsupported' })
    await expect(check('gone')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells a check that was ended early from one that found nothing', async () => {
    const ended = AbortSignal.abort()
    const { check: checked } = await check(gnswarm.id, ended)
    expect([checked.isCancelled, isWell(checked)]).toEqual([true, false])
  })

  it('is a table, a text and JSON, with the same verdicts', async () => {
    const { check: checked } = await check()
    const report = hostChecksReport(checked)
    expect(report).toContain('# Hosts of gnswarm')
    expect(report).toMatch(/\| \*\*miltitz\*\* .*\| ➖ \|/)
    const json = hostChecksJson(checked)
    expect(json).toMatchObject({ network: 'gnswarm', ok: false, cancelled: false })
    expect(json.hosts.flatMap(({ checks }) => checks)).toHaveLength(checked.hosts.length * hostCheckList.length)
    expect(json.hosts.find(({ host }) => host === 'miltitz')?.notAsked).toBe('It did not say what it is.')
    expect(hostChecksText(checked)).toContain('not tested  path-mtu')
  })
})

describe('networkToCheck', () => {
  it('is the one with containers on the most hosts, and the swarm’s own only where there is no other', () => {
    const fleet = world()
    expect(networkToCheck(fleet)?.name).toBe('gnswarm')
    expect(networkToCheck(fleet, fleet.hosts.find(({ name }) => name === 'miltitz')?.id)?.name).toBe('gnswarm')
    expect(networkToCheck(aFleet([aHost('tolkewitz', { networks: [ingress] })]))?.name).toBe('ingress')
    expect(networkToCheck(aFleet([aHost('tolkewitz', { networks: [bridge] })]))).toBeUndefined()
  })
})
