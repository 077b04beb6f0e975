import { parseCidr, usableAddresses } from '../../core/forms/cidr'
import { explainMtu } from '../../core/forms/network-mtu'
import { isPredefined } from '../../core/forms/predefined-networks'
import { isOk, type ConnectivityRun } from '../../core/connectivity/run'
import { isOverlay, takesContainers, type FleetNetwork, type Subnet } from '../../core/model/network'
import { vxlanOption } from '../../core/model/vxlan-ids'
import { count } from '../../core/text/count'
import { codeSpan, definitionList, escapeMarkdown } from '../../core/text/markdown'
import { colors, contextOf, describe, labelOf, speak } from './node-parts'
import { describeRun } from './test-node'
import type { TreeNode } from './tree-node'

/** What a network's row depends on besides the network: its last test, where there was one, and its hosts. */
export interface Tested {
  readonly run: ConnectivityRun | undefined
  readonly now: number
  /** How its containers find each other by name, where that is known. */
  readonly names: string | undefined
}

/** An overlay network of the Networks view, joined over all hosts. */
export function overlayNode(network: FleetNetwork, { run, now, names }: Tested): TreeNode {
  const subnets = network.subnets.map(({ subnet }) => subnet)
  const tested = run && describeRun(run, now)
  return {
    id: `network:${network.key}`,
    subject: { kind: 'network', networkKey: network.key },
    label: labelOf(network.name),
    description: describe(subnets.join(', '), extent(network), network.isUnlisted && 'store silent'),
    tooltip: tooltip(network, { tested, names }),
    accessibleText: speak(
      `${network.name}, ${network.driver} network`,
      ...subnets.map((subnet) => `subnet ${subnet}`),
      extent(network),
      network.isUnlisted && 'the key-value store does not answer',
      tested && `last test ${tested}`,
    ),
    icon: iconOf('type-hierarchy', run),
    collapse: 'collapsed',
    context: networkContext(network, run),
  }
}

/** A network of one host, in the group below it. */
export function localNetworkNode(network: FleetNetwork, hostId: string, tested: Tested): TreeNode {
  const { run } = tested
  const subnets = network.subnets.map(({ subnet }) => subnet)
  const members = count(network.members.length, 'container')
  return {
    id: `host:${hostId}/network:${network.key}`,
    subject: { kind: 'network', networkKey: network.key, hostId },
    label: labelOf(network.name),
    description: describe(network.driver, subnets.join(', '), network.members.length === 0 ? undefined : members),
    tooltip: tooltip(network, { tested: run && describeRun(run, tested.now), names: tested.names }),
    accessibleText: speak(`${network.name}, ${network.driver} network`, ...subnets.map((s) => `subnet ${s}`), members),
    icon: iconOf('plug', run),
    collapse: 'none',
    context: networkContext(network, run),
  }
}

/** The words that a network's menus match, in whichever view it stands. */
export function networkContext(network: FleetNetwork, run: ConnectivityRun | undefined): string {
  return contextOf(
    'network',
    isOverlay(network) ? 'overlay' : 'local',
    isPredefined(network) ? 'predefined' : undefined,
    !isPredefined(network) && takesContainers(network) ? 'takes-containers' : undefined,
    !isPredefined(network) && network.members.length > 1 ? 'testable' : undefined,
    run && 'tested',
    run && run.findings.length > 0 ? 'fixable' : undefined,
  )
}

function iconOf(name: string, run: ConnectivityRun | undefined): TreeNode['icon'] {
  if (run === undefined || run.isCancelled) return { name }
  if (isOk(run)) return { name, color: colors.good }
  return run.pairs.some(({ result }) => result === 'fail') ? { name, color: colors.bad } : { name }
}

/** `3 containers on 2 hosts`. */
function extent({ members }: FleetNetwork): string {
  const hosts = new Set(members.map(({ hostId }) => hostId))
  return members.length === 0
    ? 'no containers'
    : `${count(members.length, 'container')} on ${count(hosts.size, 'host')}`
}

const mtuOption = 'com.docker.network.driver.mtu'

interface Surroundings {
  readonly tested: string | undefined
  readonly names: string | undefined
}

function tooltip(network: FleetNetwork, { tested, names }: Surroundings): string {
  const { [mtuOption]: mtu, [vxlanOption]: vxlan, ...options } = network.options
  const hosts = network.hosts.map(escapeMarkdown).join(', ')
  const rows = definitionList([
    ['Last test', tested && escapeMarkdown(tested)],
    ['Driver', escapeMarkdown(`${network.driver}, ${scopes[network.scope]}`)],
    ['Key-value store', network.isUnlisted && 'does not answer; this is how the network was last listed'],
    ['Subnet', network.subnets.map(subnetText).join('; ')],
    ['Names', names && escapeMarkdown(names)],
    ['MTU', mtuText(mtu, network)],
    ['VXLAN', vxlan && codeSpan(vxlan)],
    ['Encrypted', network.isEncrypted ? 'yes: hosts need ESP (IP protocol 50) between them' : undefined],
    ['Internal', network.isInternal ? 'yes: no way out to other networks' : undefined],
    ['Attachable', attachableText(network)],
    ['Known to', hosts],
    ['Options', pairs(options)],
    ['Labels', pairs(network.labels)],
    ['ID', codeSpan(network.id.slice(0, 25))],
  ])
  return `**${escapeMarkdown(network.name)}**\n\n${rows}`
}

const scopes: Readonly<Record<FleetNetwork['scope'], string>> = {
  local: 'on one host',
  swarm: 'over the swarm’s hosts',
  global: 'over the hosts of one key-value store',
}

function subnetText({ subnet, gateway }: Subnet): string {
  const cidr = parseCidr(subnet)
  const size =
    cidr.isValid && cidr.value.address.kind() === 'ipv4'
      ? `, ${count(usableAddresses(cidr.value), 'usable address', 'usable addresses')}`
      : ''
  return `${codeSpan(subnet)}${gateway === undefined || gateway === '' ? '' : `, gateway ${codeSpan(gateway)}`}${size}`
}

function mtuText(mtu: string | undefined, network: FleetNetwork): string | undefined {
  if (mtu === undefined) return undefined
  if (!isOverlay(network) || !/^\d{1,5}$/.test(mtu)) return codeSpan(mtu)
  return escapeMarkdown(explainMtu(Number(mtu), network.isEncrypted))
}

function attachableText(network: FleetNetwork): string | undefined {
  if (network.scope !== 'swarm') return undefined
  return network.isAttachable ? 'yes' : 'no: only services of the swarm can use it'
}

function pairs(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([key, value]) => codeSpan(value === '' ? key : `${key}=${value}`))
    .join(', ')
}
