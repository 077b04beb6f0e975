import { describe, expect, it } from 'vitest'
import { parseServices } from '../../../../../src/adapters/docker/records/service'
import { parseTasks } from '../../../../../src/adapters/docker/records/task'
import { fixture } from '../fixture'

const networked = parseServices(fixture('services-network-20.10'))
const services = parseServices(fixture('services-20.10'))
const tasks = parseTasks(fixture('tasks-20.10'))
const service = (name: string) => services.find((candidate) => candidate.name === name)
const tasksOf = (name: string) => tasks.filter(({ serviceId }) => serviceId === service(name)?.id)

describe('parseServices', () => {
  it('reads a replicated service, without the digest that the manager adds to its image', () => {
    expect(service('gnweb')).toEqual({
      id: 'pla7llzr181yu2tpuo7lvkojm',
      name: 'gnweb',
      mode: 'replicated',
      replicas: 3,
      image: 'alpine:latest',
      ports: [],
      endpointMode: 'dnsrr',
      createdAt: Date.parse('2026-11-24T04:48:00.140Z'),
      updatedAt: expect.any(Number) as number,
    })
  })

  it('reads by which names and addresses it is found on a network', () => {
    const networkId = 'hy4p6mplzwi2vxo49h40td2r3'
    const found = networked.map(({ name, endpointMode, networks }) => ({ name, endpointMode, networks }))
    expect(found.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'rr', endpointMode: 'dnsrr', networks: [{ networkId, aliases: [] }] },
      { name: 'web', endpointMode: 'vip', networks: [{ networkId, virtualAddress: '10.0.1.34', aliases: ['site'] }] },
    ])
    // Before Docker 1.13 the networks stood beside the template.
    const Spec = {
      Name: 'old',
      TaskTemplate: { ContainerSpec: { Image: '' } },
      Networks: [{ Target: 'n', Aliases: ['a'] }],
    }
    expect(parseServices([{ ID: 's', Spec }])[0]).toMatchObject({
      endpointMode: 'vip',
      networks: [{ networkId: 'n', aliases: ['a'] }],
    })
  })

  it('reads a global one with its ports and an update that stands still', () => {
    expect(service('everywhere')).toMatchObject({
      mode: 'global',
      ports: [{ targetPort: 80, publishedPort: 8081, protocol: 'tcp', publishMode: 'host' }],
      update: { state: 'paused', message: expect.stringContaining('early termination') as string },
    })
    expect(service('everywhere')).not.toHaveProperty('replicas')
  })

  it('reads a job, whose completions are what is wanted', () => {
    expect(service('job')).toMatchObject({ mode: 'replicated-job', replicas: 2 })
  })

  it('keeps a service of which a later engine says nothing that is known', () => {
    const Spec = { Name: 'odd', Mode: { Sharded: {} }, TaskTemplate: { PluginSpec: {} } }
    expect(parseServices([{ ID: 's', Spec, Endpoint: null, UpdateStatus: null }])).toEqual([
      {
        id: 's',
        name: 'odd',
        mode: 'replicated',
        replicas: 1,
        image: '',
        ports: [],
        endpointMode: 'vip',
        createdAt: 0,
        updatedAt: 0,
      },
    ])
  })

  it('takes null for none and refuses what is no list', () => {
    expect(parseServices(null)).toEqual([])
    expect(() => parseServices({ message: 'no' })).toThrow(/GET \/services/)
  })
})

describe('parseTasks', () => {
  it('reads the addresses that a task has, by network', () => {
    const found = parseTasks(fixture('tasks-network-20.10'))
    expect(found).toHaveLength(5)
    expect(found.map(({ addresses }) => addresses?.map(({ networkId }) => networkId))).toEqual(
      found.map(() => ['hy4p6mplzwi2vxo49h40td2r3']),
    )
    expect(found.flatMap(({ addresses = [] }) => addresses.map(({ address }) => address))).toContain('10.0.1.37')
    expect(tasks.every(({ addresses }) => addresses === undefined)).toBe(true)
  })

  it('reads where a task runs, since when, and in which container', () => {
    expect(tasksOf('gnweb').find(({ slot }) => slot === 3)).toEqual({
      id: expect.any(String) as string,
      serviceId: 'pla7llzr181yu2tpuo7lvkojm',
      slot: 3,
      nodeId: expect.stringMatching(/^p986/) as string,
      state: 'running',
      desiredState: 'running',
      since: Date.parse('2026-11-24T04:48:02.564Z'),
      createdAt: expect.any(Number) as number,
      containerId: '47458919419ca32bbc73e45af8dff51be1b1ffe1f80d801dee775a90ad530f54',
    })
  })

  it('reads the scheduler’s reason, for a task that has no node yet', () => {
    const [first] = tasksOf('nowhere')
    expect(first).toMatchObject({
      state: 'pending',
      error: 'no suitable node (scheduling constraints not satisfied on 2 nodes)',
    })
    expect(first).not.toHaveProperty('nodeId')
    expect(first).not.toHaveProperty('containerId')
  })

  it('tells what failed from what takes its place', () => {
    expect(tasksOf('crash').map(({ state, desiredState, error }) => [state, desiredState, error])).toEqual([
      ['failed', 'shutdown', 'task: non-zero exit (3)'],
      ['ready', 'ready', undefined],
      ['failed', 'shutdown', 'task: non-zero exit (3)'],
    ])
  })

  it('gives no slot to a task of a service that runs on each node', () => {
    expect(tasksOf('everywhere').map(({ slot, state }) => [slot, state])).toEqual([
      [undefined, 'running'],
      [undefined, 'running'],
    ])
  })

  it('leaves out what belongs to no service: the attachment of a container to a network', () => {
    expect((fixture('tasks-20.10') as readonly unknown[]).length - tasks.length).toBe(1)
  })

  it('reads ten thousand in well under a second', () => {
    const [template] = fixture('tasks-20.10') as readonly object[]
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...template, ID: `t${index}`, Slot: index + 1 }))
    const start = performance.now()
    expect(parseTasks(many)).toHaveLength(10_000)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
