import { SwarmNetworksError } from '../../core/errors'
import { clusterOfNetwork, type Cluster } from '../../core/forms/clusters'
import { formatCidr } from '../../core/forms/cidr'
import { parseMtu } from '../../core/forms/network-mtu'
import { invalid } from '../../core/forms/parsed'
import { parseOptionalSubnet } from '../../core/forms/network-subnet'
import { unreachableHosts } from '../../core/connectivity/unreachable-hosts'
import { underlayMtu } from '../../core/connectivity/underlay-mtu'
import { isOfOverlayDriver, type FleetNetwork } from '../../core/model/network'
import { planRecreateNetwork, type NetworkChange } from '../../core/repair/network/recreate-network'
import { networkMembers } from '../repair/network-members'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { askParsed } from './shared/ask-parsed'
import { chooseNetwork } from './shared/choose-network'
import { repairNetwork } from './shared/repair-network'

const title = 'Recreate Network'

/**
 * Makes an overlay network anew with what cannot be changed in place: for hosts with another MTU, with another subnet, or
 * attachable. All containers move over.
 */
export const recreateNetwork: Command = {
  id: 'swarmNetworks.recreateNetwork',
  async run(context, subject) {
    const network = await chooseNetwork(context, subject, {
      options: { title, placeholder: 'Network' },
      none: 'There is no overlay network that could be made anew.',
      refuse: (candidate) =>
        isOfOverlayDriver(candidate) && !candidate.isIngress
          ? undefined
          : `${candidate.name} is no overlay network of yours`,
    })
    if (network === undefined) return
    const cluster = requireCluster(context, network)
    const change = await askChange(context, { network, cluster, subject })
    if (change === undefined) return
    const members = await context.ui.progress(`Looking at who is on ${network.name}`, (_reporter, signal) =>
      networkMembers(context.fleet, network, signal),
    )
    const draft = planRecreateNetwork(members, change, {
      maker: cluster.makers[0],
      unreachableHosts: unreachableHosts(context.fleet.fleet, network).map(({ host }) => host),
    })
    await repairNetwork(context, draft, { key: network.key, networkName: network.name })
  },
}

function requireCluster(context: CommandContext, network: FleetNetwork): Cluster {
  const cluster = clusterOfNetwork(context.fleet.fleet, network)
  if (cluster !== undefined) return cluster
  throw new SwarmNetworksError('unreachable', `Nobody who makes networks like ${network.name} can be reached`, {
    remedy: 'Connect a manager of its swarm, or an engine of its key-value store.',
  })
}

interface Asking {
  readonly network: FleetNetwork
  readonly cluster: Cluster
  readonly subject: NodeSubject | undefined
}

type ChangeKind = 'mtu' | 'subnet' | 'attachable'

/** What a finding's cause asks to be changed. */
const changeOf: Readonly<Record<string, ChangeKind>> = {
  'mtu-black-hole': 'mtu',
  'subnet-overlap': 'subnet',
  'subnet-hides-route': 'subnet',
  'addresses-used-up': 'subnet',
  'not-attachable': 'attachable',
}

async function askChange(context: CommandContext, asking: Asking): Promise<NetworkChange | undefined> {
  const { network, subject } = asking
  const wanted = subject?.kind === 'finding' ? changeOf[subject.cause] : undefined
  const kind = wanted ?? (await askKind(context, network))
  switch (kind) {
    case 'mtu':
      return askMtu(context, network)
    case 'subnet':
      return askSubnet(context, asking)
    case 'attachable':
      return { isAttachable: !network.isAttachable }
    case undefined:
      return undefined
  }
}

function askKind({ ui }: CommandContext, { name, scope, isAttachable }: FleetNetwork): Promise<ChangeKind | undefined> {
  const attachable = {
    label: isAttachable ? 'Not attachable' : 'Attachable',
    detail: isAttachable ? 'Only services of the swarm use it.' : 'Containers can be run on it by hand.',
    value: 'attachable',
  } as const
  return ui.pick<ChangeKind>(
    [
      { label: 'MTU', detail: 'The hosts’ network carries less or more than it was made for.', value: 'mtu' },
      { label: 'Subnet', detail: 'Its addresses collide with others, or are too few.', value: 'subnet' },
      // Whoever has a network of a key-value store can run containers on it.
      ...(scope === 'swarm' ? [attachable] : []),
    ],
    { title, placeholder: `What is to be different about ${name}` },
  )
}

async function askMtu(context: CommandContext, network: FleetNetwork): Promise<NetworkChange | undefined> {
  const measured = underlayMtu(context.results.latest(network.key)?.pairs ?? [], network)
  const mtu = await askParsed(context.ui, {
    title,
    placeholder: 'MTU of the hosts’ network, for instance 1400',
    prompt:
      measured === undefined
        ? 'Bytes. This is the hosts’ MTU: containers get 50 less, 76 on an encrypted network.'
        : `Bytes. The last test measured that the hosts carry ${measured}.`,
    ...(measured !== undefined && { value: String(measured) }),
    parse: (text) => (text.trim() === '' ? invalid('A number of bytes, for instance 1400.') : parseMtu(text)),
  })
  return mtu?.value === undefined ? undefined : { mtu: mtu.value }
}

async function askSubnet(context: CommandContext, { network, cluster }: Asking): Promise<NetworkChange | undefined> {
  const { fleet } = context.fleet
  // Its own subnet is free once it is gone.
  const others = { ...fleet, networks: fleet.networks.filter(({ key }) => key !== network.key) }
  const cidr = await askParsed(context.ui, {
    title,
    placeholder: 'Subnet, for instance 10.20.0.0/24; blank for the engine’s choice',
    prompt: `Now ${network.subnets.map(({ subnet }) => subnet).join(', ') || 'not known'}`,
    parse: (text) => parseOptionalSubnet(text, others, cluster),
  })
  if (cidr === undefined) return undefined
  return { subnets: cidr.value === undefined ? [] : [{ subnet: formatCidr(cidr.value) }] }
}
