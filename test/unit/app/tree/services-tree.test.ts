import { describe, expect, it } from 'vitest'
import { Examinations } from '../../../../src/app/examinations'
import { TestResults } from '../../../../src/app/test-results'
import { serviceChildren, serviceRoots } from '../../../../src/app/tree/services-tree'
import type { TreeInput } from '../../../../src/app/tree/tree-input'
import type { TreeNode } from '../../../../src/app/tree/tree-node'
import type { Fleet } from '../../../../src/core/model/fleet'
import type { SwarmService } from '../../../../src/core/model/service'
import { aFleet, aFleetWithServices, noon } from '../../builders'

function input(fleet: Fleet): TreeInput {
  return { fleet, results: new TestResults(), examinations: new Examinations(), problems: [], now: noon }
}

const fleet = aFleetWithServices()
const root = (name: string, inFleet = fleet): TreeNode =>
  serviceRoots(input(inFleet)).find(({ label }) => label === name)!
const below = (name: string, inFleet = fleet) => serviceChildren(root(name, inFleet), input(inFleet))
/** The fleet with its service `web` changed. */
const withWeb = (over: Partial<SwarmService>): Fleet => ({
  ...fleet,
  services: fleet.services.map((service) => (service.name === 'web' ? { ...service, ...over } : service)),
})

describe('the services', () => {
  it('stand by name, with what runs, the image and the published ports', () => {
    expect(serviceRoots(input(fleet)).map(({ label, description }) => [label, description])).toEqual([
      ['agent', '2/2 nodes · alpine:latest'],
      ['nowhere', '0/1 replicas · no suitable node (scheduling constraints not satisfied on 2 nodes) · alpine:latest'],
      ['web', '3/3 replicas · alpine:latest · 8080->80/tcp'],
    ])
  })

  it('are none where no manager lists any', () => {
    expect(serviceRoots(input(aFleet()))).toEqual([])
  })

  it.each<[string, Partial<SwarmService>, string]>([
    ['all run', {}, 'charts.green'],
    ['some are on their way', { running: 2, isSettled: false }, 'charts.yellow'],
    ['an update goes on', { isSettled: false }, 'charts.yellow'],
    ['some cannot run', { running: 2, isSettled: false, problem: 'no' }, 'errorForeground'],
    ['none is wanted', { running: 0, wanted: 0 }, 'disabledForeground'],
  ])('show by their colour that %s', (_what, over, color) => {
    expect(root('web', withWeb(over)).icon).toEqual({ name: 'layers', color })
  })

  it('offer their menus by their context', () => {
    expect(root('web')).toMatchObject({ context: 'service', subject: { kind: 'service', serviceId: 'service-web' } })
  })

  it('say what helps where they cannot be placed, and wait for nodes that take nothing new', () => {
    expect(root('nowhere').tooltip).toContain('What helps')
    expect(root('nowhere').tooltip).toContain('docker node update')
    expect(root('web').tooltip).not.toContain('What helps')
    const drained = { running: 1, problem: 'no suitable node (2 nodes not available for new tasks)' }
    expect(root('web', withWeb(drained)).context).toBe('service waits-for-node')
    expect(root('web', withWeb({ ...drained, running: 3 })).context).toBe('service')
  })

  it('say aloud what they are and what hinders them', () => {
    expect(root('nowhere').accessibleText).toBe(
      'Service nowhere, 0/1 replicas, no suitable node (scheduling constraints not satisfied on 2 nodes), image alpine:latest',
    )
  })

  it('escape what comes from the engine', () => {
    const evil = withWeb({ name: '**a**\n[x](command:y)', image: '`i`', problem: '<img>', running: 0 })
    const node = serviceRoots(input(evil)).find(({ label }) => label.startsWith('**a**'))!
    expect(node.label).not.toContain('\n')
    expect(node.tooltip).toContain('\\*\\*a\\*\\*')
    expect(node.tooltip).toContain('\\<img\\>')
  })
})

describe('the tasks of a service', () => {
  it('stand by slot, with state, since when, and the host', () => {
    expect(below('web').map(({ label, description, collapse }) => [label, description, collapse])).toEqual([
      ['web.1', 'running · since 14:03:17 · tolkewitz', 'none'],
      ['web.2', 'running · since 14:03:17 · miltitz', 'collapsed'],
      ['web.3', 'running · since 14:03:17 · tolkewitz', 'none'],
    ])
  })

  it('are named by their host where each host has one', () => {
    expect(below('agent').map(({ label }) => label)).toEqual(['miltitz', 'tolkewitz'])
  })

  it('say why they are not placed', () => {
    expect(below('nowhere')).toMatchObject([
      {
        label: 'nowhere.1',
        description: 'pending · since 14:03:17 · no suitable node (scheduling constraints not satisfied on 2 nodes)',
        icon: { name: 'warning', color: 'errorForeground' },
        context: 'task',
      },
    ])
  })

  it('have below them how their slot failed before', () => {
    const task = below('web')[1]!
    const [failure, ...others] = serviceChildren(task, input(fleet))
    expect(others).toEqual([])
    expect(failure).toMatchObject({
      id: 'service:service-web/failure:web-2-before',
      label: 'last failure of web.2',
      description: 'failed · since 14:03:17 · task: non-zero exit (3) · miltitz',
      icon: { name: 'error', color: 'errorForeground' },
      collapse: 'none',
    })
    expect(serviceChildren(failure!, input(fleet))).toEqual([])
  })

  it('are followed by a failure in whose place nothing runs any more', () => {
    const web = fleet.services.find(({ name }) => name === 'web')!
    const left = withWeb({ tasks: web.tasks.filter(({ slot }) => slot !== 2) })
    expect(below('web', left).map(({ label }) => label)).toEqual(['web.1', 'web.3', 'last failure of web.2'])
  })

  it('are none of a service that is gone', () => {
    expect(serviceChildren(root('web'), input(aFleet()))).toEqual([])
  })

  it('have ids of their own', () => {
    const ids = serviceRoots(input(fleet)).flatMap((node) =>
      [node, ...serviceChildren(node, input(fleet))].map((n) => n.id),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})
