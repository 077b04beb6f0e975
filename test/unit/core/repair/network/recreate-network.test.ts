import { describe, expect, it } from 'vitest'
import {
  planRecreateNetwork,
  specOf,
  type NetworkChange,
} from '../../../../../src/core/repair/network/recreate-network'
import type { NetworkMembers } from '../../../../../src/core/repair/network/member-endpoint'
import { aMember, aNetwork, someMembers, tolkewitz } from './members'

const context = { maker: tolkewitz, unreachableHosts: [] }

function plan(
  change: NetworkChange,
  members: NetworkMembers = someMembers(),
  unreachableHosts: readonly string[] = [],
) {
  return planRecreateNetwork(members, change, { ...context, unreachableHosts })
}

describe('planRecreateNetwork', () => {
  it('moves everybody off, makes it anew, and joins everybody again as before', () => {
    const { title, steps, risk, consequences } = plan({ mtu: 1400 })
    expect(title).toBe('Recreate gnswarm for hosts with MTU 1400 (containers get 1350)')
    expect(steps.map((step) => step.title)).toEqual([
      'Disconnect web at tolkewitz from gnswarm',
      'Disconnect shell1 at lindenau from gnswarm',
      'Remove gnswarm',
      'Create gnswarm',
      'Connect web at tolkewitz to gnswarm, also as www',
      'Connect shell1 at lindenau to gnswarm, at 10.0.1.9',
    ])
    expect(steps[3]?.action).toMatchObject({ kind: 'network-create', spec: { mtu: 1400, isAttachable: true } })
    expect(risk).toBe('high')
    expect(consequences[0]).toBe(
      'Connections over gnswarm break while web at tolkewitz and shell1 at lindenau are moved.',
    )
  })

  it('makes a network anew that managers took and could not give addresses', () => {
    const { steps } = plan({ subnets: [] }, someMembers({ driver: '', scope: 'swarm', subnets: [] }))
    expect(steps.map(({ title }) => title)).toContain('Create gnswarm')
  })

  it('can be undone from each step: the network as it was, and everybody on it', () => {
    const { steps } = plan({ mtu: 1400 })
    expect(steps.every(({ undo }) => undo !== undefined)).toBe(true)
    const remove = steps.find(({ id }) => id === 'remove-network')
    expect(remove?.action).toEqual({ kind: 'network-remove', network: aNetwork().id })
    expect(remove?.undo).toEqual({ kind: 'network-create', spec: specOf(aNetwork()) })
  })

  it('gives nobody an address of a subnet that is gone', () => {
    const { title, steps } = plan({ subnets: [{ subnet: '10.9.0.0/24' }] })
    expect(title).toBe('Recreate gnswarm with the subnet 10.9.0.0/24')
    expect(steps.at(-1)?.action).not.toHaveProperty('address')
    // Back goes what was there.
    expect(steps[1]?.undo).toHaveProperty('address', '10.0.1.9')
  })

  it('lets the engine choose', () => {
    expect(plan({ subnets: [] }).title).toBe('Recreate gnswarm with a subnet of the engine’s choice')
  })

  it('makes it attachable', () => {
    const members = { network: aNetwork({ isAttachable: false }), members: [] }
    const { title, steps, consequences } = plan({ isAttachable: true }, members)
    expect(title).toBe('Recreate gnswarm as attachable')
    expect(steps.map(({ id }) => id)).toEqual(['remove-network', 'create-network'])
    expect(consequences).toEqual([
      'An address range or auxiliary addresses that were set when it was made are not kept.',
    ])
  })

  it.each<[string, NetworkMembers, readonly string[], RegExp]>([
    ['tasks', { network: aNetwork(), members: [aMember({ service: 'shop' })] }, [], /shop is a service/],
    ['hosts that cannot be asked', someMembers(), ['kaditz'], /kaditz cannot be asked/],
    ['a bridge', someMembers({ driver: 'bridge' }), [], /no overlay network/],
    ['the ingress network', someMembers({ isIngress: true }), [], /no overlay network/],
    ['options that would be lost', someMembers({ options: { 'com.example.x': '1' } }), [], /lost: com\.example\.x/],
  ])('refuses %s', (_what, members, unreachable, message) => {
    expect(() => plan({ mtu: 1400 }, members, unreachable)).toThrow(message)
  })
})

describe('specOf', () => {
  it('is what the network was made with', () => {
    const network = aNetwork({
      ...{ isInternal: true, isEncrypted: true, labels: { team: 'shop' } },
      options: { 'com.docker.network.driver.mtu': '1450', encrypted: '' },
    })
    expect(specOf(network)).toEqual({
      ...{ name: 'gnswarm', subnets: network.subnets, mtu: 1450, labels: { team: 'shop' } },
      ...{ isAttachable: true, isInternal: true, isEncrypted: true },
    })
    expect(specOf(aNetwork())).not.toHaveProperty('mtu')
  })
})
