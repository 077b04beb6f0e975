import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FleetService } from '../../../../src/app/fleet-service'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Task } from '../../../../src/core/model/service'
import { FakeClock } from '../../fakes/fake-clock'
import { FakeConnector, FakeEngine } from '../../fakes/fake-engine'
import { sampleContainer, sampleEngine, sampleNode, sampleService, sampleTarget, sampleTask } from '../../fakes/samples'

const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const web = sampleService('web')

let clock: FakeClock
let manager: FakeEngine
let worker: FakeEngine
let fleet: FleetService

/** What the manager says from now on. */
function set(tasks: readonly Task[], failures: readonly Task[] = []): void {
  manager.snapshot = { ...manager.snapshot, swarmServices: { services: [web], tasks, failures } }
}

const readings = () => manager.calls.filter((call) => call === 'services').length
const shown = () => fleet.fleet.services.flatMap(({ tasks }) => tasks.map(({ state }) => state))

beforeEach(async () => {
  clock = new FakeClock()
  const nodes = [sampleNode('tolkewitz', { role: 'manager', isLeader: true }), sampleNode('lindenau')]
  manager = new FakeEngine(sampleEngine('tolkewitz', { nodes }))
  worker = new FakeEngine(sampleEngine('lindenau', { containers: [sampleContainer('web')] }))
  set([sampleTask(web, 1)])
  const source = {
    id: 'settings',
    read: () =>
      Promise.resolve({ targets: [sampleTarget('tolkewitz'), sampleTarget('lindenau')], problems: [] as string[] }),
    onDidChange: () => ({ dispose: quiet }),
  }
  const connector = new FakeConnector({ tolkewitz: manager, lindenau: worker })
  fleet = new FleetService({ connector, sources: [source], clock, log })
  fleet.start()
  await clock.advance(100)
})

afterEach(() => fleet.dispose())

describe('the services of a live fleet', () => {
  it('are read with everything else, and from then on never without a reason', async () => {
    expect(fleet.fleet.services).toMatchObject([{ name: 'web', running: 1, wanted: 1, isSettled: true }])
    manager.calls.length = 0
    await clock.advance(3_600_000)
    expect(manager.calls).toEqual([])
    expect(worker.calls).not.toContain('services')
  })

  it('ask for no old tasks where all is well', () => {
    expect(manager.calls.filter((call) => call.startsWith('tasks'))).toEqual(['tasks running,ready,accepted,complete'])
  })

  it('are read again when the manager announces a service', async () => {
    set([sampleTask(web, 1, { state: 'pending', error: 'no suitable node' })])
    manager.emit({ kind: 'service', action: 'update', serviceId: web.id })
    await clock.advance(100)
    expect(fleet.fleet.services[0]).toMatchObject({ isSettled: false, problem: 'no suitable node' })
  })

  it('are read from the manager when a worker announces a task’s container, and not for any other', async () => {
    manager.calls.length = 0
    worker.emit({ kind: 'container', action: 'die', containerId: 'id-web' })
    await clock.advance(10_000)
    expect(readings()).toBe(0)
    set([sampleTask(web, 1, { state: 'starting' })])
    worker.emit({ kind: 'container', action: 'start', containerId: 'id-web', taskId: 'task-web-1' })
    await clock.advance(600)
    expect([readings(), shown()]).toEqual([1, ['starting']])
    await clock.advance(3_600_000)
    expect(readings()).toBe(1)
  })

  it('are followed while somebody looks, until the tasks that nobody announces run', async () => {
    set([sampleTask(web, 1, { state: 'preparing' })])
    const look = fleet.followServices()
    await clock.advance(1_500)
    expect(shown()).toEqual(['preparing'])
    set([sampleTask(web, 1)])
    await clock.advance(2_100)
    expect(shown()).toEqual(['running'])
    manager.calls.length = 0
    await clock.advance(3_600_000)
    expect(manager.calls).toEqual([])
    look.dispose()
  })

  it('show why a slot failed, from the past of a service in trouble', async () => {
    const failure = sampleTask(web, 1, { id: 'old', state: 'failed', desiredState: 'shutdown', error: 'exit (3)' })
    set([sampleTask(web, 1, { state: 'ready', desiredState: 'ready' })], [failure])
    manager.emit({ kind: 'service', action: 'update', serviceId: web.id })
    await clock.advance(100)
    expect(fleet.fleet.services).toMatchObject([{ problem: 'exit (3)', failures: [{ id: 'old' }] }])
  })

  it('keep their identity where a reading brings nothing new', async () => {
    const before = fleet.fleet.services[0]
    manager.emit({ kind: 'service', action: 'update', serviceId: web.id })
    await clock.advance(100)
    expect(fleet.fleet.services[0]).toBe(before)
  })

  it.each(['engine-error', 'permission-denied', 'timeout'] as const)(
    'stay as they were where the manager does not say (%s), and its host stays ready',
    async (code) => {
      manager.serviceFailure = new SwarmNetworksError(code, 'The swarm does not have a leader')
      manager.emit({ kind: 'service', action: 'update', serviceId: web.id })
      await clock.advance(100)
      expect(fleet.fleet.services).toMatchObject([{ name: 'web' }])
      fleet.refresh('settings:tolkewitz')
      await clock.advance(100)
      expect(fleet.fleet.hosts.map(({ state }) => state)).toEqual(['ready', 'ready'])
      expect(fleet.fleet.services).toMatchObject([{ name: 'web' }])
    },
  )

  it('go with their manager', async () => {
    manager.failure = new SwarmNetworksError('unreachable', 'refused')
    manager.lose()
    await clock.advance(100)
    expect(fleet.fleet.services).toEqual([])
  })
})
