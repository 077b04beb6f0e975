import { describe, expect, it } from 'vitest'
import { joinServices, serviceSpeakers } from '../../../../src/core/fleet/join-services'
import { keepSameReading } from '../../../../src/core/fleet/same-reading'
import type { ServiceReading } from '../../../../src/core/model/service'
import { aHost, aSwarmId } from '../../builders'
import { sampleNode, sampleService, sampleTask } from '../../fakes/samples'

const web = sampleService('web', { replicas: 2 })
const reading = (over: Partial<ServiceReading> = {}): ServiceReading => ({
  services: [web],
  tasks: [sampleTask(web, 2), sampleTask(web, 1)],
  failures: [],
  ...over,
})

const manager = (name: string, swarmServices?: ServiceReading, isLeader = true) => {
  const host = aHost(name, { isLeader, nodes: [sampleNode('a')] })
  return { ...host, engine: { ...host.engine!, ...(swarmServices && { swarmServices }) } }
}

describe('joinServices', () => {
  it('gives each service its tasks, in the order of their slots', () => {
    const [service] = joinServices([manager('tolkewitz', reading())])
    expect(service).toMatchObject({ name: 'web', running: 2, wanted: 2, managerId: 'settings:tolkewitz' })
    expect(service?.tasks.map(({ slot }) => slot)).toEqual([1, 2])
  })

  it('says why nothing runs from the past, where the task that takes its turn does not know yet', () => {
    const starting = sampleTask(web, 1, { state: 'starting' })
    const failure = sampleTask(web, 1, { id: 'old', state: 'failed', desiredState: 'shutdown', error: 'exit (3)' })
    const [service] = joinServices([manager('tolkewitz', reading({ tasks: [starting], failures: [failure] }))])
    expect(service).toMatchObject({ problem: 'exit (3)', isSettled: false, failures: [failure] })
  })

  it('asks one manager of each swarm: the leader, unless it could not be read', () => {
    const follower = manager('lindenau', reading(), false)
    expect(serviceSpeakers([follower, manager('tolkewitz', reading())]).map(({ name }) => name)).toEqual(['tolkewitz'])
    expect(serviceSpeakers([follower, manager('tolkewitz')]).map(({ name }) => name)).toEqual(['lindenau'])
    expect(joinServices([follower, manager('tolkewitz')])).toHaveLength(1)
  })

  it('is empty without a manager', () => {
    expect(joinServices([aHost('miltitz', { role: 'worker' })])).toEqual([])
  })

  it('keeps what was joined while the reading stays the same', () => {
    const host = manager('tolkewitz', reading())
    expect(joinServices([host])[0]).toBe(joinServices([{ ...host, name: 'x' }])[0])
  })

  it('counts no task of a node that the manager holds for down', () => {
    const nodes = [sampleNode('a', { id: aSwarmId('nodea'), state: 'down' })]
    const host = manager('tolkewitz', reading({ tasks: [sampleTask(web, 1, { nodeId: aSwarmId('nodea') })] }))
    expect(joinServices([{ ...host, engine: { ...host.engine, nodes } }])[0]).toMatchObject({ running: 0 })
  })
})

describe('keepSameReading', () => {
  it('keeps the old one where the new one says the same in another order', () => {
    const old = reading()
    expect(keepSameReading(old, reading({ tasks: old.tasks.toReversed().map((task) => ({ ...task })) }))).toBe(old)
  })

  it.each([
    ['another state', reading({ tasks: [sampleTask(web, 1, { state: 'failed' }), sampleTask(web, 2)] })],
    ['another task', reading({ tasks: [sampleTask(web, 1, { id: 'new' }), sampleTask(web, 2)] })],
    ['a field more', reading({ tasks: [sampleTask(web, 1, { error: 'no' }), sampleTask(web, 2)] })],
    ['one less', reading({ tasks: [sampleTask(web, 1)] })],
    ['another scale', reading({ services: [{ ...web, replicas: 3 }] })],
    ['a failure', reading({ failures: [sampleTask(web, 1)] })],
  ])('takes the new one for %s', (_what, fresh) => {
    expect(keepSameReading(reading(), fresh)).toBe(fresh)
  })
})
