import { beforeEach, describe, expect, it } from 'vitest'
import { retestFailed } from '../../../../src/app/connectivity/retest-failed'
import { runConnectivityTest } from '../../../../src/app/connectivity-service'
import type { Container } from '../../../../src/core/model/container'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import { aContainer, aFleet, aHost, anId, anOverlay, attachedTo } from '../../builders'
import { FakeClock } from '../../fakes/fake-clock'
import { FakeProbes } from './fake-probes'

const gnswarm = anOverlay()

function fleetWith(web: Partial<Container> = {}) {
  const member = (name: string, address: string, over: Partial<Container> = {}) =>
    aContainer({
      createdAt: 0,
      status: 'Up 2 hours',
      name,
      ports: [],
      attachments: [attachedTo(gnswarm, address)],
      ...over,
    })
  return aFleet([
    aHost('tolkewitz', { containers: [member('web', '10.0.1.2', web)], networks: [gnswarm] }),
    aHost('miltitz', {
      role: 'worker',
      containers: [member('shell1', '10.0.1.5'), member('shell2', '10.0.1.6')],
      networks: [gnswarm],
    }),
  ])
}

describe('retestFailed', () => {
  let probes: FakeProbes
  let last: ConnectivityRun
  const options = () => ({ clock: new FakeClock(), signal: new AbortController().signal })
  const results = ({ pairs }: Pick<ConnectivityRun, 'pairs'>) =>
    pairs.map(({ from, to, result }) => `${from.container}→${to.container} ${result}`)
  const retest = (over = {}) => retestFailed(probes, { networkKey: gnswarm.id, last }, { ...options(), ...over })

  beforeEach(async () => {
    probes = new FakeProbes(fleetWith({ state: 'exited' }))
    last = await runConnectivityTest(probes, gnswarm.id, options())
    expect(last.findings.map(({ cause }) => cause)).toEqual(['target-not-running'])
    probes.execs.length = 0
  })

  it('asks only for pairs that did not pass, and gives the whole with what was before', async () => {
    probes.fleet = fleetWith()
    const run = await retest()
    expect(probes.execs.flatMap(({ targets }) => targets.map(({ name }) => name)).toSorted()).toEqual([
      'shell1',
      'shell2',
      'web',
      'web',
    ])
    expect(results(run).toSorted()).toEqual([
      'shell1→shell2 pass',
      'shell1→web pass',
      'shell2→shell1 pass',
      'shell2→web pass',
      'web→shell1 pass',
      'web→shell2 pass',
    ])
    expect(run.findings).toEqual([])
    expect(run.before).toEqual({
      startedAt: last.startedAt,
      pairs: last.pairs,
      names: last.names,
      findings: last.findings,
    })
  })

  it('finds a container again that was made anew under its name', async () => {
    probes.fleet = fleetWith({ id: anId('web made anew') })
    const run = await retest()
    expect(
      results(run)
        .filter((line) => line.includes('web'))
        .toSorted(),
    ).toEqual(['shell1→web pass', 'shell2→web pass', 'web→shell1 pass', 'web→shell2 pass'])
  })

  it('leaves out what is gone', async () => {
    const { hosts } = fleetWith()
    probes.fleet = aFleet(hosts.filter(({ name }) => name === 'miltitz'))
    expect(results(await retest())).toEqual(['shell1→shell2 pass', 'shell2→shell1 pass'])
  })

  it('says of a fix that did nothing what is still wrong', async () => {
    const run = await retest()
    expect(run.findings.map(({ cause }) => cause)).toEqual(['target-not-running'])
    expect(probes.execs).toEqual([])
  })

  it('gives a cancelled run as one', async () => {
    probes.fleet = fleetWith()
    const run = await retest({ signal: AbortSignal.abort() })
    expect(run.isCancelled).toBe(true)
    expect(run.before?.pairs).toEqual(last.pairs)
  })
})
