import { formatCidr, type Cidr } from '../../../core/forms/cidr'
import { labelRules, parseKeyValues } from '../../../core/forms/key-values'
import { parseMtu } from '../../../core/forms/network-mtu'
import { checkNetworkName } from '../../../core/forms/network-name'
import { checkGateway, parseOptionalSubnet } from '../../../core/forms/network-subnet'
import { clusterWords, type Cluster } from '../../../core/forms/clusters'
import type { Subnet } from '../../../core/model/network'
import type { NetworkSpec } from '../../../core/ports/engine'
import type { PickItem } from '../../ui'
import type { CommandContext } from '../command'
import { askParsed } from './ask-parsed'
import { Wizard } from './wizard'

/**
 * Both belong to swarm mode. On a key-value store's network anybody may run containers, and for an encrypted one there
 * are no keys: it can be made, but no container can join ("cannot join secure network: encryption keys not present",
 * Docker 20.10).
 */
const ofSwarmsOnly: readonly NetworkOption[] = ['attachable', 'encrypted']

type NetworkOption = 'attachable' | 'encrypted' | 'internal'

const options = [
  {
    label: 'Attachable',
    detail: 'Containers can be run on it by hand; without it, only services of the swarm use it.',
    value: 'attachable',
  },
  {
    label: 'Encrypted',
    detail: 'IPsec between the hosts: their firewalls have to let ESP (IP protocol 50) pass.',
    value: 'encrypted',
  },
  { label: 'Internal', detail: 'No way out to other networks or the internet.', value: 'internal' },
] as const

function optionsIn({ kind }: Cluster, before: NetworkSpec | undefined): readonly PickItem<NetworkOption>[] {
  const picked = {
    attachable: before?.isAttachable ?? true,
    encrypted: before?.isEncrypted,
    internal: before?.isInternal,
  }
  return options
    .filter(({ value }) => kind === 'swarm' || !ofSwarmsOnly.includes(value))
    .map((option) => ({ ...option, isPicked: picked[option.value] === true }))
}

/** Asks for everything that makes an overlay network, each answer checked as it is typed; undefined when the user leaves. `before` fills in what was answered before. */
export async function askNetworkSpec(
  context: CommandContext,
  cluster: Cluster,
  { title, before }: { readonly title: string; readonly before?: NetworkSpec },
): Promise<NetworkSpec | undefined> {
  const { ui } = context
  const wizard = new Wizard(title, 6)
  const name = await ui.input({
    ...wizard.next('Name, for instance backend'),
    ...valueOf(before?.name),
    prompt: `The containers’ network over the hosts of ${cluster.makers[0].name}’s ${clusterWords[cluster.kind]}`,
    validate: (text) => checkNetworkName(text.trim(), context.fleet.fleet, cluster),
  })
  if (name === undefined) return undefined
  const subnets = await askSubnets(context, cluster, {
    wizard,
    ...(before?.subnets[0] && { before: before.subnets[0] }),
  })
  if (subnets === undefined) return undefined
  const chosen = await ui.pickMany<NetworkOption>(optionsIn(cluster, before), wizard.next('Options'))
  if (chosen === undefined) return undefined
  const mtu = await askParsed(ui, {
    ...wizard.next('MTU of the hosts’ network, for instance 1500; blank for the engine’s choice'),
    ...valueOf(before?.mtu),
    prompt: chosen.includes('encrypted')
      ? 'Bytes. This is the hosts’ MTU: containers get 76 less, 50 for VXLAN and 26 for encryption.'
      : 'Bytes. This is the hosts’ MTU: containers get 50 less for VXLAN.',
    parse: parseMtu,
  })
  if (mtu === undefined) return undefined
  const labels = await askParsed(ui, {
    ...wizard.next('Labels: KEY=VALUE, separated by blanks; blank for none'),
    ...valueOf(before && labelsText(before.labels)),
    parse: (text) => parseKeyValues(text, labelRules),
  })
  if (labels === undefined) return undefined
  return {
    name: name.trim(),
    subnets,
    isAttachable: chosen.includes('attachable'),
    isEncrypted: chosen.includes('encrypted'),
    isInternal: chosen.includes('internal'),
    ...(mtu.value !== undefined && { mtu: mtu.value }),
    labels: labels.value,
  }
}

/** The gateway is asked for only where a subnet was given: it has to lie in it. */
async function askSubnets(
  context: CommandContext,
  cluster: Cluster,
  { wizard, before }: { readonly wizard: Wizard; readonly before?: Subnet },
): Promise<readonly Subnet[] | undefined> {
  const subnet = await askParsed(context.ui, {
    ...wizard.next('Subnet, for instance 10.20.0.0/24; blank for the engine’s choice'),
    ...valueOf(before?.subnet),
    prompt: 'Compared with every network of every host that can be reached',
    parse: (text) => parseOptionalSubnet(text, context.fleet.fleet, cluster),
  })
  const gatewayOptions = wizard.next('Gateway; blank for the subnet’s first address')
  if (subnet === undefined) return undefined
  const cidr = subnet.value
  if (cidr === undefined) return []
  const gateway = await context.ui.input({
    ...gatewayOptions,
    ...valueOf(gatewayOf(before, cidr)),
    validate: (text) => problemOfGateway(text, cidr),
  })
  if (gateway === undefined) return undefined
  return [{ subnet: formatCidr(cidr), ...(gateway.trim() !== '' && { gateway: gateway.trim() }) }]
}

function problemOfGateway(text: string, cidr: Cidr): string | undefined {
  return text.trim() === '' ? undefined : checkGateway(text, cidr)
}

function valueOf(text: string | number | undefined): { readonly value?: string } {
  return text === undefined ? {} : { value: String(text) }
}

/** The old gateway, where it still fits. */
function gatewayOf(before: Subnet | undefined, cidr: Cidr): string | undefined {
  return before?.gateway !== undefined && checkGateway(before.gateway, cidr) === undefined ? before.gateway : undefined
}

/** As `parseKeyValues` reads them again. */
function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${/\s/.test(value) ? `"${value}"` : value}`)
    .join(' ')
}
