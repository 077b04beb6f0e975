import { beforeEach, describe, expect, it, vi } from 'vitest'
import { startTarget } from '../../../../src/app/commands/start-target'
import { runConnectivityTest } from '../../../../src/app/connectivity-service'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Fleet } from '../../../../src/core/model/fleet'
import {
  aContainer,
  aFailedRun,
  aFinding,
  aFleet,
  aHost,
  anId,
  anOverlay,
  aPair,
  aPeer,
  aRun,
  aSwarmId,
  attachedTo,
} from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing, type WorldOptions } from '../../fakes/command-world'

vi.mock('../../../../src/app/connectivity-service')

const networkKey = aSwarmId('gnswarm')
const finding = { kind: 'finding', networkKey, cause: 'target-not-running', index: 0 } satisfies NodeSubject

function fleetWith(state: 'exited' | 'paused' | 'running'): Fleet {
  const web = aContainer({ state, attachments: [attachedTo(anOverlay())] })
  const shell1 = aContainer({ name: 'shell1', attachments: [attachedTo(anOverlay(), '10.0.1.5')] })
  return aFleet([
    aHost('tolkewitz', { containers: [web], networks: [anOverlay()] }),
    aHost('miltitz', { role: 'worker', containers: [shell1] }),
  ])
}

function aWorld(options: WorldOptions = {}): CommandWorld {
  const world = new CommandWorld({ fleet: fleetWith('exited'), ...options })
  world.results.set(networkKey, aFailedRun())
  return world
}

/** Runs the command while the engine's event comes in. */
async function runWhileItStarts(world: CommandWorld, subject?: NodeSubject): Promise<void> {
  const run = world.run(startTarget, subject)
  await world.clock.advance(100)
  world.access.fleet = fleetWith('running')
  await run
}

beforeEach(() => {
  vi.mocked(runConnectivityTest).mockReset()
  vi.mocked(runConnectivityTest).mockResolvedValue(aRun())
})

describe('startTarget', () => {
  it('starts the container that the finding names, on its host', async () => {
    const world = aWorld({ answers: ['leave'] })
    await runWhileItStarts(world, finding)
    expect(world.changes).toEqual(['tolkewitz containers.start'])
    expect(world.named('containers.start')[0]?.args).toEqual([anId('web')])
    expect(world.ui.said).toBe('web at tolkewitz was started.')
    expect(runConnectivityTest).not.toHaveBeenCalled()
  })

  it('lets a paused container go on', async () => {
    const world = aWorld({ fleet: fleetWith('paused'), answers: ['leave'] })
    await runWhileItStarts(world, finding)
    expect(world.changes).toEqual(['tolkewitz containers.unpause'])
  })

  it('tests only what did not pass again, and puts it into the last result', async () => {
    const [web, shell1, gone] = [aPeer('web', 'tolkewitz'), aPeer('shell1', 'miltitz'), aPeer('gone', 'miltitz')]
    const failed = { result: 'fail' as const }
    const pairs = [aPair(web, shell1, failed), aPair(shell1, web, { result: 'not-tested' }), aPair(gone, web, failed)]
    const world = aWorld({ answers: [{ press: 'Test Again' }] })
    world.results.set(networkKey, aFailedRun({ pairs }))
    vi.mocked(runConnectivityTest).mockResolvedValue(aRun({ pairs: [aPair(web, shell1), aPair(shell1, web)] }))
    await runWhileItStarts(world, finding)
    expect(vi.mocked(runConnectivityTest).mock.calls[0]?.[2].onlyPairs).toEqual([
      { from: web.containerId, to: shell1.containerId },
      { from: shell1.containerId, to: web.containerId },
      { from: gone.containerId, to: web.containerId },
    ])
    const result = world.results.latest(networkKey)
    // What cannot be asked any more is not part of the answer.
    expect(result?.pairs.map(({ from, to, result: r }) => [from.container, to.container, r])).toEqual([
      ['web', 'shell1', 'pass'],
      ['shell1', 'web', 'pass'],
    ])
    expect(result?.findings).toEqual([])
    expect(world.ui.messages.at(-1)).toEqual({ severity: 'info', text: 'gnswarm: 2 of 2 pairs pass' })
  })

  it('asks in the palette for a finding that offers it', async () => {
    const world = aWorld({ answers: [{ pick: 'web is not running' }, 'leave'] })
    await runWhileItStarts(world)
    expect(world.ui.items[0]?.[0]).toMatchObject({ description: 'gnswarm', detail: 'Start web.' })
    expect(world.changes).toEqual(['tolkewitz containers.start'])
    const nothing = new CommandWorld()
    await nothing.run(startTarget)
    expect(nothing.ui.said).toBe('No connectivity test has found a container that does not run.')
  })

  it('changes nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(startTarget, {
      fleet: fleetWith('exited'),
      answers: [{ pick: 'web is not running' }],
      prepare: (world) => world.results.set(networkKey, aFailedRun()),
    })
  })

  it('does not act on a finding that a newer test does not have', async () => {
    const world = aWorld()
    world.results.set(networkKey, aRun())
    expect(await world.failure(startTarget, finding)).toMatchObject({ code: 'not-found' })
    world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause: 'another' })] }))
    expect(await world.failure(startTarget, finding)).toMatchObject({ code: 'not-found' })
    expect(world.changes).toEqual([])
  })

  it('acts on the tested container and on no other of the same name', async () => {
    const newer = aContainer({ id: anId('another-web'), name: 'web', state: 'exited' })
    const world = aWorld({ fleet: aFleet([aHost('tolkewitz', { containers: [newer] })]) })
    expect(await world.failure(startTarget, finding)).toMatchObject({ code: 'not-found' })
    expect(world.changes).toEqual([])
  })

  it('names the host in an engine’s error', async () => {
    const world = aWorld()
    world.failures.set('containers.start', anEngineError())
    expect(await world.failure(startTarget, finding)).toMatchObject({ host: 'tolkewitz' })
  })

  it('does not wait for ever for the engine’s event', async () => {
    const world = aWorld({ answers: ['leave'] })
    const run = world.run(startTarget, finding)
    await world.clock.advance(5_000)
    await run
    expect(world.access.listeners).toBe(0)
  })
})
