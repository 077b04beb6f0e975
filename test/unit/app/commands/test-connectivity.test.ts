import { beforeEach, describe, expect, it, vi } from 'vitest'
import { testConnectivity } from '../../../../src/app/commands/test-connectivity'
import { runConnectivityTest } from '../../../../src/app/connectivity-service'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { ConnectivityRun } from '../../../../src/core/connectivity/run'
import { aBridge, aFailedRun, aFleet, aHost, anId, anOverlay, aRun, aSwarmId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

vi.mock('../../../../src/app/connectivity-service')

const networkKey = aSwarmId('gnswarm')
const gnswarm = { kind: 'network', networkKey } satisfies NodeSubject

/** The test itself has tests of its own: here it gives `run`, having said something on the way. */
function testGives(run: ConnectivityRun) {
  vi.mocked(runConnectivityTest).mockImplementation((_fleet, _key, { onProgress }) => {
    onProgress?.('Asked 1 of 2 containers')
    return Promise.resolve(run)
  })
}

beforeEach(() => {
  vi.mocked(runConnectivityTest).mockReset()
  testGives(aRun())
})

describe('testConnectivity', () => {
  it('tests all pairs of the clicked network, with progress and cancel', async () => {
    const world = new CommandWorld()
    await world.run(testConnectivity, gnswarm)
    expect(runConnectivityTest).toHaveBeenCalledExactlyOnceWith(world.access, networkKey, {
      onProgress: expect.any(Function) as () => void,
      helper: {},
      hostChecks: { helper: {}, shells: world.shells },
      signal: world.ui.cancel.signal,
      clock: world.clock,
    })
    expect(world.ui.progresses).toEqual([
      { title: 'Testing connectivity on gnswarm', reports: ['Asked 1 of 2 containers'] },
    ])
  })

  it('keeps the result, opens the report and says the outcome in one line', async () => {
    const world = new CommandWorld()
    await world.run(testConnectivity, gnswarm)
    expect(world.results.latest(networkKey)).toEqual(aRun())
    expect(world.ui.documents).toMatchObject([{ name: 'connectivity-gnswarm.md', show: 'preview' }])
    expect(world.ui.documents[0]?.content).toContain('gnswarm')
    expect(world.ui.messages).toEqual([{ severity: 'info', text: 'gnswarm: 2 of 2 pairs pass' }])
    expect(world.logged).toEqual(['Tested gnswarm: 2 of 2 pairs pass, 2 execs, 1200 ms'])
  })

  it('names the first cause of a failure', async () => {
    testGives(aFailedRun())
    const world = new CommandWorld()
    await world.run(testConnectivity, gnswarm)
    expect(world.ui.messages).toEqual([{ severity: 'warn', text: 'gnswarm: 2 of 2 pairs fail: web is not running' }])
  })

  it('keeps what a cancelled test has found, and opens nothing', async () => {
    testGives(aRun({ isCancelled: true }))
    const world = new CommandWorld()
    await world.run(testConnectivity, gnswarm)
    expect(world.results.latest(networkKey)?.isCancelled).toBe(true)
    expect(world.ui.documents).toEqual([])
    expect(world.ui.messages).toEqual([{ severity: 'warn', text: 'gnswarm: 2 of 2 pairs pass (cancelled)' }])
  })

  it('tests the network again that a result or a finding is about', async () => {
    const world = new CommandWorld()
    await world.run(testConnectivity, { kind: 'test-result', networkKey })
    await world.run(testConnectivity, { kind: 'finding', networkKey, cause: 'x', index: 0 })
    expect(vi.mocked(runConnectivityTest).mock.calls.map(([, key]) => key)).toEqual([networkKey, networkKey])
  })

  it('on a container tests from that container', async () => {
    const world = new CommandWorld({ answers: ['accept'] })
    await world.run(testConnectivity, {
      kind: 'container',
      hostId: 'settings:tolkewitz',
      containerId: anId('web'),
      networkKey,
    })
    expect(runConnectivityTest).toHaveBeenCalledWith(
      world.access,
      networkKey,
      expect.objectContaining({ from: anId('web') }),
    )
  })

  it('asks in the palette for a network that has somebody to test', async () => {
    const empty = anOverlay({ name: 'empty' })
    const fleet = aFleet([aHost('tolkewitz', { networks: [empty, aBridge()] })])
    const world = new CommandWorld({ fleet })
    await world.run(testConnectivity)
    expect(world.ui.said).toBe('There is no network with two containers to test.')
    expect((await world.failure(testConnectivity, { kind: 'network', networkKey: empty.id })).message).toBe(
      'The network empty has fewer than two containers',
    )
    const some = new CommandWorld({ answers: [{ pick: 'gnswarm' }] })
    await some.run(testConnectivity)
    expect(some.ui.questions[0]?.labels).toEqual(['gnswarm'])
    expect(some.ui.documents).toHaveLength(1)
  })

  it('does nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(testConnectivity, { answers: [{ pick: 'gnswarm' }] })
    expect(runConnectivityTest).not.toHaveBeenCalled()
  })

  it('keeps the last result when a test cannot be run', async () => {
    vi.mocked(runConnectivityTest).mockRejectedValue(anEngineError())
    const world = new CommandWorld()
    world.results.set(networkKey, aFailedRun())
    expect(await world.failure(testConnectivity, gnswarm)).toMatchObject({ code: 'engine-error' })
    expect(world.results.latest(networkKey)).toEqual(aFailedRun())
    expect(world.ui.messages).toEqual([])
  })
})
