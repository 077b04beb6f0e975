import { beforeEach, describe, expect, it } from 'vitest'
import { planSelection } from '../../../../src/app/testing/plan-selection'
import { RunReporter } from '../../../../src/app/testing/run-reporter'
import { runSelection, type SelectionRun } from '../../../../src/app/testing/run-selection'
import { TestResults } from '../../../../src/app/test-results'
import type { Container } from '../../../../src/core/model/container'
import { aContainer, aFinding, aFleet, aHost, anId, anOverlay, aPair, aPeer, aRun, attachedTo } from '../../builders'
import { FakeShells } from '../../fakes/fake-shells'
import { FakeClock } from '../../fakes/fake-clock'
import { allWell, FakeProbes } from '../connectivity/fake-probes'
import { FakeRunView } from './fake-run-view'

const gnswarm = anOverlay()
const networkKey = gnswarm.id

function fleetWith(web: Partial<Container> = {}) {
  const member = (name: string, address: string, over: Partial<Container> = {}) =>
    aContainer({
      ...{ createdAt: 0, status: 'Up 2 hours', name, ports: [] },
      attachments: [attachedTo(gnswarm, address)],
      ...over,
    })
  return aFleet([
    aHost('tolkewitz', { containers: [member('web', '10.0.1.2', web)], networks: [gnswarm] }),
    aHost('miltitz', { role: 'worker', containers: [member('shell1', '10.0.1.5')], networks: [gnswarm] }),
  ])
}

describe('runSelection', () => {
  let probes: FakeProbes
  let view: FakeRunView
  let results: TestResults
  let logged: string[]
  let abort: AbortController

  beforeEach(() => {
    probes = new FakeProbes(fleetWith())
    view = new FakeRunView()
    results = new TestResults()
    logged = []
    abort = new AbortController()
  })

  const run = (over: Partial<SelectionRun> = {}) => {
    const note = (message: string) => void logged.push(message)
    const log = { debug: note, info: note, warn: note, error: note }
    const settings = { helper: undefined }
    const context = { fleet: probes, shells: new FakeShells(), results, settings, clock: new FakeClock(), log }
    return runSelection(context, { selection: {}, view, signal: abort.signal, ...over })
  }

  it('tells of every pair when it is its turn, and keeps the whole as the network’s result', async () => {
    await run()
    expect(view.told).toEqual([
      'expand',
      'shell1→web enqueued',
      'web→shell1 enqueued',
      'shell1→web started',
      'web→shell1 started',
      'shell1→web passed',
      'web→shell1 passed',
      'shell1→web passed',
      'web→shell1 passed',
    ])
    expect(results.latest(networkKey)?.pairs).toHaveLength(2)
    expect(view.lines.at(-1)).toBe('gnswarm: 2 of 2 pairs pass')
    expect(view.lines[0]).toBe('shell1 (miltitz) → web (tolkewitz): pass')
  })

  it('gives a failed pair the cause, what to do and the evidence', async () => {
    probes.fleet = fleetWith({ state: 'exited' })
    await run()
    expect(Object.fromEntries(view.states)).toEqual({ 'shell1→web': 'failed', 'web→shell1': 'skipped' })
    const [message = '', ...more] = view.messages.get('shell1→web') ?? []
    expect(more).toEqual([])
    expect(message).toContain('**web on tolkewitz is not running (exited).**')
    expect(message).toContain('Start it; its log says why it ended.')
    expect(message).toContain('- The engine of tolkewitz gives its state as "exited".')
    expect(view.lines).toContain('shell1 (miltitz) → web (tolkewitz): FAIL, web is not running (exited)')
  })

  it('tests only what was chosen, and keeps what is known of the rest', async () => {
    await run()
    const from = { hostId: 'settings:miltitz', containerId: anId('shell1') }
    probes.execs.length = 0
    probes.answer = (exec) => ({
      stdout: allWell(exec).replace(/\t0\t\t1 packets transmitted, 1/g, '\t1\t\t1 packets transmitted, 0'),
    })
    await run({ selection: { include: [{ kind: 'source', networkKey, from }] } })
    expect(probes.execs.map(({ containerId }) => containerId)).toEqual([anId('shell1')])
    expect(results.latest(networkKey)?.pairs.map(({ from: { container }, result }) => [container, result])).toEqual([
      ['shell1', 'fail'],
      ['web', 'pass'],
    ])
  })

  it('asks only for the checks of the profile, and leaves the network’s result alone', async () => {
    probes.answer = (exec) => {
      const address = exec.targets[0]?.name === 'web' ? '10.0.1.2' : '10.0.1.5'
      return { stdout: allWell(exec).replace("''", address) }
    }
    await run({ checks: 'names' })
    expect(view.states.get('shell1→web')).toBe('passed')
    expect(probes.execs.flatMap(({ targets }) => targets)).toMatchObject([
      { name: 'web', address: "''", ports: [] },
      { name: 'shell1', address: "''", ports: [] },
    ])
    expect(results.latest(networkKey)).toBeUndefined()
  })

  it('leaves what was not asked as it was when it is cancelled', async () => {
    probes.answer = () => {
      abort.abort()
      return { stdout: '' }
    }
    await run()
    expect([...view.states.values()].filter((state) => state === 'failed' || state === 'passed')).toEqual([])
    expect(view.lines.at(-1)).toContain('(cancelled)')
    const before = probes.execs.length
    await run()
    expect(probes.execs).toHaveLength(before)
  })

  describe('with further names', () => {
    const right = { 'web.gnswarm': '10.0.1.2', 'shell1.gnswarm': '10.0.1.5' }
    const wrongFromShell1 = () => {
      probes.answer = (exec) => {
        const at = exec.further.find(({ name }) => name === 'web.gnswarm')
        if (exec.containerId !== anId('shell1') || at === undefined) return { stdout: allWell(exec, right) }
        // From a file, which nobody waits for.
        const line = `@probe\t${at.index}\thosts\t-\t0\t\thosts 192.0.2.9\n`
        return { stdout: line + allWell(exec, { ...right, 'web.gnswarm': '192.0.2.9' }) }
      }
    }

    it('tells of a container that one of them leads elsewhere from it, with the cause', async () => {
      wrongFromShell1()
      await run()
      expect(view.states.get('shell1')).toBe('failed')
      expect(view.states.get('web')).toBe('passed')
      expect([view.states.get('shell1→web'), view.states.get('web→shell1')]).toEqual(['passed', 'passed'])
      const [message] = view.messages.get('shell1')!
      expect(message).toContain('A line in /etc/hosts of shell1 on miltitz leads the name web.gnswarm to 192.0.2.9.')
      expect(message).toContain('shell1 on miltitz → web.gnswarm')
      expect(view.lines.join('\n')).toContain('shell1 (miltitz) → web.gnswarm (web on tolkewitz): FAIL, ')
    })

    it('asks for those of a source again where that is what is run, and for none with a single pair', async () => {
      const from = { hostId: 'settings:miltitz', containerId: anId('shell1') }
      const to = { hostId: 'settings:tolkewitz', containerId: anId('web') }
      wrongFromShell1()
      await run({ selection: { include: [{ kind: 'source', networkKey, from }] } })
      expect(view.states.get('shell1')).toBe('failed')
      probes.answer = (exec) => ({ stdout: allWell(exec, right) })
      await run({ selection: { include: [{ kind: 'source', networkKey, from }] } })
      expect(view.states.get('shell1')).toBe('passed')
      probes.execs.length = 0
      await run({ selection: { include: [{ kind: 'pair', networkKey, from, to }] } })
      expect(probes.execs.map(({ further }) => further)).toEqual([[]])
    })
  })

  it('says why a network cannot be tested', async () => {
    const fleet = fleetWith()
    const running = run()
    probes.fleet = aFleet([])
    await running
    expect(fleet.networks).toHaveLength(1)
    // It was planned before the network went.
    expect(view.lines.at(-1)).toContain('pairs')
    await run({ selection: { include: [{ kind: 'network', networkKey }] } })
    expect(view.told.filter((line) => line === 'expand')).toHaveLength(1)
  })
})

describe('a network with thousands of pairs', () => {
  const peers = Array.from({ length: 50 }, (_, i) => aPeer(`c${i}`, 'tolkewitz'))
  const pairs = peers.flatMap((from) => peers.filter((to) => to !== from).map((to) => aPair(from, to)))
  const failed = pairs.map((pair, index) =>
    index === 0 ? { ...pair, result: 'fail' as const, reason: 'No answer' } : pair,
  )

  it('is told of by source, and pair by pair only where something fails', () => {
    const view = new FakeRunView()
    const reporter = new RunReporter(view, { networkKey, filter: {}, pairs })
    reporter.enqueue()
    reporter.started(peers[0]!, peers.slice(1))
    reporter.found(pairs.slice(0, 49))
    expect(view.told).toHaveLength(1 + 50 + 1)
    const keys = [{ from: anId('c0'), to: anId('c1') }]
    reporter.finished(aRun({ pairs: failed, findings: [aFinding({ title: 'c1 is deaf.', pairs: keys })] }))
    expect([...view.states].filter(([, state]) => state === 'failed').map(([name]) => name)).toEqual([
      anId('c0'),
      `${anId('c0')}→${anId('c1')}`,
    ])
    expect(view.messages.get(anId('c0'))).toEqual(['1 of 49 pairs fail'])
    expect(view.messages.get(`${anId('c0')}→${anId('c1')}`)?.[0]).toContain('**c1 is deaf.**')
    expect([...view.states.values()].filter((state) => state === 'passed')).toHaveLength(49)
  })
})

it('plans nothing for a fleet without networks', () => expect(planSelection(aFleet([]), {})).toEqual([]))
