import type { RepairAction, RepairCheck, RepairStep } from '../plan'
import { memberName, type MemberEndpoint } from './member-endpoint'

/** Half a minute: an engine that has just done a thing may list it a moment later. */
const tries = 30

/** Takes a container off a network; undone by joining it again as it was. */
export function disconnectStep(network: string, member: MemberEndpoint): RepairStep {
  return {
    ...where(member),
    id: `disconnect-${member.containerId.slice(0, 12)}`,
    title: `Disconnect ${memberName(member)} from ${network}`,
    action: disconnecting(network, member),
    check: onNetwork(network, member, false),
    undo: connecting(network, member),
  }
}

/** Joins a container to a network, with its names and, where its user chose one, its address. */
export function connectStep(network: string, member: MemberEndpoint): RepairStep {
  return {
    ...where(member),
    id: `connect-${member.containerId.slice(0, 12)}`,
    title: `Connect ${memberName(member)} to ${network}${named(member)}`,
    action: connecting(network, member),
    check: onNetwork(network, member, true),
    undo: disconnecting(network, member),
  }
}

function where({ host }: MemberEndpoint) {
  return { hostId: host.id, hostName: host.name }
}

function named({ aliases, address }: MemberEndpoint): string {
  const names = aliases.length === 0 ? '' : `, also as ${aliases.join(', ')}`
  return address === undefined ? names : `${names}, at ${address}`
}

function disconnecting(network: string, { containerId }: MemberEndpoint): RepairAction {
  return { kind: 'network-disconnect', network, container: containerId, force: false }
}

function connecting(network: string, { containerId, aliases, address }: MemberEndpoint): RepairAction {
  return { kind: 'network-connect', network, containerId, aliases, ...(address !== undefined && { address }) }
}

function onNetwork(network: string, { containerId, container }: MemberEndpoint, isOn: boolean): RepairCheck {
  return {
    title: `${container} is ${isOn ? '' : 'not '}on ${network}`,
    look: { kind: 'container-on-network', containerId, network, isOn },
    tries,
  }
}
