import { SwarmNetworksError } from '../../errors'
import type { Host } from '../../model/host'
import { isOfOverlayDriver, type FleetNetwork, type Subnet } from '../../model/network'
import { vxlanOption } from '../../model/vxlan-ids'
import type { NetworkSpec } from '../../ports/engine'
import { containerMtu } from '../../forms/network-mtu'
import { enumerate } from '../../text/count'
import type { RepairDraft, RepairStep } from '../plan'
import { memberName, type NetworkMembers } from './member-endpoint'
import { fixedAddressNotes, refuseTasks } from './reconnect-containers'
import { connectStep, disconnectStep } from './steps'

const mtuOption = 'com.docker.network.driver.mtu'
/** Options that are told in other words, or that the engine sets itself. */
const ownOptions = [mtuOption, 'encrypted', vxlanOption]

/** What is to be different; the rest stays as it is. */
export interface NetworkChange {
  /** Bytes; the hosts' MTU, not the containers'. */
  readonly mtu?: number
  /** Empty: the engine chooses. */
  readonly subnets?: readonly Subnet[]
  readonly isAttachable?: boolean
}

export interface RecreateContext {
  /** Who makes and removes it. */
  readonly maker: Pick<Host, 'id' | 'name'>
  /** Names of hosts that could have members and cannot be asked. */
  readonly unreachableHosts: readonly string[]
}

/**
 * Removes a network and makes it anew with something changed that cannot be changed in place, and moves all containers
 * over: each is disconnected, and joined again with its names.
 *
 * @throws `unsupported` where something on it could not be moved or would be lost
 */
export function planRecreateNetwork(
  { network, members }: NetworkMembers,
  change: NetworkChange,
  { maker, unreachableHosts }: RecreateContext,
): RepairDraft {
  refuseTasks(members)
  refuseIncomplete(network, unreachableHosts)
  const old = specOf(network)
  const next: NetworkSpec = { ...old, ...change }
  const hasOtherSubnets = change.subnets !== undefined
  const moved = members.map(({ address, ...member }) => ({
    ...member,
    // An address of the old subnet is none of the new one.
    ...(address !== undefined && !hasOtherSubnets && { address }),
  }))
  return {
    id: 'recreate-network',
    title: `Recreate ${network.name} ${changeInWords(next, change)}`,
    hostIds: [...new Set([maker.id, ...members.map(({ host }) => host.id)])],
    consequences: [
      ...(members.length === 0
        ? []
        : [`Connections over ${network.name} break while ${enumerate(members.map(memberName), 20)} are moved.`]),
      ...(members.some(({ address }) => address === undefined) || hasOtherSubnets
        ? ['Containers may get other addresses; their names stay.']
        : []),
      ...(members.length === 0 ? [] : fixedAddressNotes(network)),
      'An address range or auxiliary addresses that were set when it was made are not kept.',
    ],
    risk: 'high',
    steps: [
      ...members.map((member) => disconnectStep(network.name, member)),
      removeStep(network, maker, old),
      createStep(next, maker),
      ...moved.map((member) => connectStep(network.name, member)),
    ],
  }
}

/** What makes a network as this one was made, as far as engines tell. */
export function specOf(network: FleetNetwork): NetworkSpec {
  const mtu = Number(network.options[mtuOption])
  return {
    name: network.name,
    subnets: network.subnets,
    isAttachable: network.isAttachable,
    isInternal: network.isInternal,
    isEncrypted: network.isEncrypted,
    ...(Number.isInteger(mtu) && mtu > 0 && { mtu }),
    labels: network.labels,
  }
}

function refuseIncomplete(network: FleetNetwork, unreachable: readonly string[]): void {
  const { name, isIngress, options } = network
  const refuse = (message: string, remedy: string) => {
    throw new SwarmNetworksError('unsupported', message, { remedy })
  }
  if (!isOfOverlayDriver(network) || isIngress)
    refuse(`${name} is no overlay network of yours`, 'Only those can be made anew here.')
  const foreign = Object.keys(options).filter((option) => !ownOptions.includes(option))
  if (foreign.length > 0)
    refuse(
      `${name} was made with options that would be lost: ${enumerate(foreign)}`,
      'Make the network anew with docker network create, which takes them.',
    )
  if (unreachable.length > 0)
    refuse(
      `${enumerate(unreachable)} cannot be asked, and may have containers on ${name}`,
      'Reconnect these hosts first: a network in use cannot be removed.',
    )
}

function removeStep(network: FleetNetwork, maker: RecreateContext['maker'], old: NetworkSpec): RepairStep {
  return {
    id: 'remove-network',
    title: `Remove ${network.name}`,
    hostId: maker.id,
    hostName: maker.name,
    // By ID: a second network of the same name must not be hit.
    action: { kind: 'network-remove', network: network.id },
    check: {
      title: `${network.name} is gone`,
      look: { kind: 'network-exists', network: network.id, exists: false },
      tries: 10,
    },
    undo: { kind: 'network-create', spec: old },
  }
}

function createStep(spec: NetworkSpec, maker: RecreateContext['maker']): RepairStep {
  return {
    id: 'create-network',
    title: `Create ${spec.name}`,
    hostId: maker.id,
    hostName: maker.name,
    action: { kind: 'network-create', spec },
    check: { title: `${spec.name} is there`, look: { kind: 'network-exists', network: spec.name, exists: true } },
    undo: { kind: 'network-remove', network: spec.name },
  }
}

function changeInWords({ mtu, isEncrypted }: NetworkSpec, { subnets, isAttachable, ...change }: NetworkChange): string {
  const parts = [
    ...(change.mtu === undefined || mtu === undefined
      ? []
      : [`for hosts with MTU ${mtu} (containers get ${containerMtu(mtu, isEncrypted)})`]),
    ...(subnets === undefined
      ? []
      : [subnets[0] === undefined ? 'with a subnet of the engine’s choice' : `with the subnet ${subnets[0].subnet}`]),
    ...(isAttachable === undefined ? [] : [isAttachable ? 'as attachable' : 'as not attachable']),
  ]
  return parts.length === 0 ? 'as it is' : enumerate(parts)
}
