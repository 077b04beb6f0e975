import type { MemberEndpoint, NetworkMembers } from '../../../../../src/core/repair/network/member-endpoint'
import type { FleetNetwork } from '../../../../../src/core/model/network'
import { anId, anOverlay } from '../../../builders'

export const tolkewitz = { id: 'settings:tolkewitz', name: 'tolkewitz' }
export const lindenau = { id: 'settings:lindenau', name: 'lindenau' }

export function aMember(over: Partial<MemberEndpoint> = {}): MemberEndpoint {
  const container = over.container ?? 'web'
  return { host: tolkewitz, containerId: anId(container), container, isRunning: true, aliases: [], ...over }
}

export function aNetwork(over: Partial<FleetNetwork> = {}): FleetNetwork {
  const network = anOverlay(over)
  return { ...network, key: network.id, hostIds: [tolkewitz.id], hosts: [tolkewitz.name], members: [], ...over }
}

/** `web` with a further name at tolkewitz, `shell1` with an address of its own at lindenau. */
export function someMembers(over: Partial<FleetNetwork> = {}): NetworkMembers {
  const shell1 = aMember({ container: 'shell1', host: lindenau, address: '10.0.1.9' })
  return { network: aNetwork(over), members: [aMember({ aliases: ['www'] }), shell1] }
}
