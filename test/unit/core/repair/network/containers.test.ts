import { describe, expect, it } from 'vitest'
import { planConnectContainers } from '../../../../../src/core/repair/network/connect-containers'
import { planReconnectContainers } from '../../../../../src/core/repair/network/reconnect-containers'
import { planRemoveStaleEndpoint } from '../../../../../src/core/repair/network/remove-stale-endpoint'
import { planReplaceTasks } from '../../../../../src/core/repair/network/replace-tasks'
import { anId } from '../../../builders'
import { aMember, aNetwork, lindenau, someMembers, tolkewitz } from './members'

const web = anId('web')
const shell1 = anId('shell1')

describe('planReconnectContainers', () => {
  it('takes each off and joins it again with its names and its address, and can go back from between', () => {
    const plan = planReconnectContainers(someMembers(), [web, shell1])
    expect(plan.title).toBe('Reconnect web at tolkewitz and shell1 at lindenau to gnswarm')
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Disconnect web at tolkewitz from gnswarm',
      'Connect web at tolkewitz to gnswarm, also as www',
      'Disconnect shell1 at lindenau from gnswarm',
      'Connect shell1 at lindenau to gnswarm, at 10.0.1.9',
    ])
    const [off, on] = plan.steps
    expect(off?.undo).toEqual(on?.action)
    expect(on?.undo).toEqual(off?.action)
    expect(plan.steps[3]).toMatchObject({
      hostName: 'lindenau',
      action: { kind: 'network-connect', network: 'gnswarm', containerId: shell1, address: '10.0.1.9' },
      check: { look: { kind: 'container-on-network', isOn: true } },
    })
    expect(plan.consequences.join()).toContain('Connections of web at tolkewitz over gnswarm break')
    expect(plan.hostIds).toEqual([tolkewitz.id, lindenau.id])
  })

  it('says nothing of connections of a container that does not run', () => {
    const members = { network: aNetwork(), members: [aMember({ isRunning: false })] }
    expect(planReconnectContainers(members, [web]).consequences.join()).not.toContain('Connections')
  })

  it('refuses a service’s task and a container that has left', () => {
    const members = { network: aNetwork(), members: [aMember({ service: 'shop' })] }
    expect(() => planReconnectContainers(members, [web])).toThrow(/shop is a service: only the swarm/)
    expect(() => planReconnectContainers(someMembers(), ['gone'])).toThrow(/None of the containers is on gnswarm/)
  })
})

describe('planConnectContainers', () => {
  it('joins', () => {
    const plan = planConnectContainers(aNetwork(), [aMember()])
    expect(plan.steps).toMatchObject([{ title: 'Connect web at tolkewitz to gnswarm', hostId: tolkewitz.id }])
  })

  it('refuses a network that takes only tasks, and a task', () => {
    expect(() => planConnectContainers(aNetwork({ isAttachable: false }), [aMember()])).toThrow(/not attachable/)
    expect(() => planConnectContainers(aNetwork(), [aMember({ service: 'shop' })])).toThrow(/only the swarm/)
  })
})

describe('planReplaceTasks', () => {
  it('asks the manager, and says that tasks are away meanwhile', () => {
    const plan = planReplaceTasks({ id: 's1', name: 'shop', manager: tolkewitz })
    expect(plan.steps).toMatchObject([
      { hostName: 'tolkewitz', action: { kind: 'service-force-update', serviceId: 's1' } },
    ])
    expect(plan.consequences[0]).toContain('Every task of shop is stopped')
  })
})

describe('planRemoveStaleEndpoint', () => {
  it('disconnects the name by force', () => {
    const plan = planRemoveStaleEndpoint({ network: 'gnswarm', container: 'web', host: lindenau })
    expect(plan.steps[0]?.action).toEqual({
      kind: 'network-disconnect',
      network: 'gnswarm',
      container: 'web',
      force: true,
    })
  })
})
