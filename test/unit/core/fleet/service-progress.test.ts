import { describe, expect, it } from 'vitest'
import { lastFailures, progressOf, servicesInTrouble } from '../../../../src/core/fleet/service-progress'
import { sampleService, sampleTask } from '../../fakes/samples'

const web = sampleService('web', { replicas: 2 })
const first = sampleTask(web, 1)
const second = sampleTask(web, 2)
const none: ReadonlySet<string> = new Set()

describe('progressOf', () => {
  it('is settled when all that is wanted runs', () => {
    expect(progressOf(web, [first, second], none)).toEqual({ running: 2, wanted: 2, isSettled: true })
  })

  it('tells why a task is not placed', () => {
    const error = 'no suitable node (scheduling constraints not satisfied on 3 nodes)'
    const pending = sampleTask(web, 2, { state: 'pending', error })
    expect(progressOf(web, [first, pending], none)).toEqual({ running: 1, wanted: 2, isSettled: false, problem: error })
  })

  it('counts no task of a node that is down, whatever was heard of it last', () => {
    const lost = { ...second, nodeId: 'node-lost' }
    expect(progressOf(web, [first, lost], new Set(['node-lost']))).toMatchObject({ running: 1, isSettled: false })
  })

  it('wants of a global service what the swarm has made tasks for', () => {
    const agent = sampleService('agent', { mode: 'global' })
    const tasks = ['a', 'b'].map((node) => sampleTask(agent, undefined, { id: node, nodeId: node }))
    expect(progressOf(agent, tasks, none)).toEqual({ running: 2, wanted: 2, isSettled: true })
  })

  it('takes a job for settled when its tasks are complete', () => {
    const job = sampleService('job', { mode: 'replicated-job', replicas: 1 })
    const task = sampleTask(job, 1, { state: 'complete', desiredState: 'complete' })
    expect(progressOf(job, [task], none)).toEqual({ running: 1, wanted: 1, isSettled: true })
    expect(progressOf(job, [{ ...task, state: 'running' }], none)).toMatchObject({ running: 0, isSettled: false })
  })

  it('is not settled while tasks are being taken away, or an update goes on', () => {
    expect(progressOf({ ...web, replicas: 1 }, [first, second], none).isSettled).toBe(false)
    expect(progressOf({ ...web, update: { state: 'updating', message: '' } }, [first, second], none).isSettled).toBe(
      false,
    )
  })
})

describe('servicesInTrouble', () => {
  it('is empty where all is well, so that no old task is asked for', () => {
    expect(servicesInTrouble([web], [first, second])).toEqual([])
  })

  it('has those that are not as wanted, and those of which a task was started again', () => {
    const restarted = sampleService('restarted')
    const again = sampleTask(restarted, 1, { createdAt: restarted.updatedAt + 61_000 })
    expect(servicesInTrouble([web, restarted], [first, again])).toEqual([web.id, restarted.id])
  })

  it('has a bound: a service of many tasks is not asked for its past', () => {
    const large = sampleService('large', { replicas: 1_001 })
    const tasks = Array.from({ length: 1_001 }, (_, index) => sampleTask(large, index + 1, { state: 'pending' }))
    expect(servicesInTrouble([large, web], tasks)).toEqual([web.id])
  })
})

describe('lastFailures', () => {
  it('keeps the last failed task of each slot and none that was merely shut down', () => {
    const old = { desiredState: 'shutdown', state: 'failed' } as const
    const history = [
      sampleTask(web, 1, { ...old, id: 'one', since: 1 }),
      sampleTask(web, 1, { ...old, id: 'two', since: 2 }),
      sampleTask(web, 1, { ...old, id: 'gone', state: 'shutdown', since: 3 }),
      sampleTask(web, 2, { ...old, id: 'other', state: 'rejected', since: 1 }),
    ]
    expect(lastFailures(history).map(({ id }) => id)).toEqual(['two', 'other'])
  })
})
