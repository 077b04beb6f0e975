import { describe, expect, it } from 'vitest'
import { showLogs } from '../../../../src/app/commands/show-logs'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aFailedRun, aFinding, aFleet, aHost, anId, aSwarmId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject
const networkKey = aSwarmId('gnswarm')
const finding = { kind: 'finding', networkKey, cause: 'target-not-running', index: 0 } satisfies NodeSubject
const size = { columns: 100, rows: 30 }

function logsOf(...names: readonly string[]) {
  const fix = { id: 'show-logs' as const, title: 'Show the log', containerIds: names.map(anId), hostIds: [] }
  return aFailedRun({ findings: [aFinding({ fixes: [fix] })] })
}

describe('showLogs', () => {
  it('opens the log, following, from as many lines as the setting says', async () => {
    const world = new CommandWorld({ settings: { logTail: 50 } })
    await world.run(showLogs, web)
    const [terminal] = world.ui.terminals
    expect(terminal).toMatchObject({ title: 'web @ tolkewitz (log)', icon: 'output' })
    expect(terminal!.banner[0]).toContain('The last 50 lines of the log of web at tolkewitz')
    const session = await terminal!.open(size, new AbortController().signal)
    expect(session.inputClosedReason).toContain('nothing can be typed')
    expect(world.named('containers.logs')).toEqual([
      {
        host: 'tolkewitz',
        name: 'containers.logs',
        args: [anId('web'), { follow: true, tail: 50, timestamps: false }],
      },
    ])
  })

  it('asks for any container, running or not', async () => {
    await expectLeavingChangesNothing(showLogs, { answers: [{ pick: 'web' }] })
    const world = new CommandWorld({ fleet: aFleet([aHost()]) })
    await world.run(showLogs)
    expect(world.ui.said).toContain('There is no container')
  })

  it('shows the log of the container that a finding names', async () => {
    const world = new CommandWorld()
    world.results.set(networkKey, logsOf('web'))
    await world.run(showLogs, finding)
    expect(world.ui.terminals[0]?.title).toBe('web @ tolkewitz (log)')
  })

  it('asks which where a finding names several', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'shell1' }] })
    world.results.set(networkKey, logsOf('web', 'shell1'))
    await world.run(showLogs, finding)
    expect(world.ui.terminals[0]?.title).toBe('shell1 @ miltitz (log)')
  })

  it('says that what a finding names is gone', async () => {
    const world = new CommandWorld()
    world.results.set(networkKey, logsOf('gone'))
    expect(await world.failure(showLogs, finding)).toMatchObject({
      code: 'not-found',
      remedy: 'Test the network again.',
    })
  })

  it('names the host in an engine’s error', async () => {
    const world = new CommandWorld()
    world.failures.set('containers.logs', anEngineError())
    await world.run(showLogs, web)
    await expect(world.ui.terminals[0]!.open(size, new AbortController().signal)).rejects.toMatchObject({
      host: 'tolkewitz',
    })
  })
})
