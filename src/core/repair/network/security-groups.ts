import { isIpv6, parseAddress } from '../../connectivity/ip-address'
import type { FirewallHost } from '../../diagnosis/firewall-commands'
import { overlayPorts, type OverlayPort, type OverlayPortOptions } from '../../diagnosis/overlay-ports'
import { shellQuote } from '../../text/shell-quote'

/** What a cloud's firewall has to let through, as commands of its own command line. */
export interface CloudRules {
  readonly cloud: 'AWS' | 'Azure' | 'Google Cloud'
  /** What stands for a name that only its user knows. */
  readonly note: string
  readonly commands: readonly string[]
}

/**
 * Rules for the clouds' firewalls that let the hosts' addresses reach each other on what overlay networks need, and nobody
 * else. Names in capitals are to be replaced.
 */
export function cloudRules(hosts: readonly FirewallHost[], options: OverlayPortOptions): readonly CloudRules[] {
  const addresses = hosts.flatMap(({ address }) => parseAddress(address) ?? [])
  const ports = overlayPorts(options)
  return [
    {
      cloud: 'AWS',
      note: 'GROUP is the security group of the hosts. A rule whose source is the group itself does the same and needs no addresses: --source-group GROUP in place of --cidr.',
      commands: addresses.flatMap((address) => ports.map((port) => shellQuote(aws(address, port)))),
    },
    {
      cloud: 'Azure',
      note: 'RESOURCES is the resource group, GROUP the network security group; each rule needs a priority of its own that is free.',
      commands: ports.map((port, index) => shellQuote(azure(addresses, port, 1000 + index))),
    },
    {
      cloud: 'Google Cloud',
      note: 'NETWORK is the VPC network, TAG a network tag of the hosts.',
      commands: [shellQuote(google(addresses, ports))],
    },
  ]
}

function cidr(address: string): string {
  return `${address}/${isIpv6(address) ? 128 : 32}`
}

/** AWS takes IP protocols by number where they have no name. */
function aws(address: string, { protocol, port }: OverlayPort): readonly string[] {
  const range = port === undefined ? [] : ['--port', String(port)]
  const what = ['--protocol', protocol === 'esp' ? '50' : protocol, ...range]
  const permission = `IpProtocol=${protocol === 'esp' ? '50' : protocol}${port === undefined ? '' : `,FromPort=${port},ToPort=${port}`},Ipv6Ranges=[{CidrIpv6=${cidr(address)}}]`
  const source = isIpv6(address) ? ['--ip-permissions', permission] : [...what, '--cidr', cidr(address)]
  return ['aws', 'ec2', 'authorize-security-group-ingress', '--group-id', 'GROUP', ...source]
}

function azure(addresses: readonly string[], { protocol, port }: OverlayPort, priority: number): readonly string[] {
  const name = `swarm-${protocol}${port === undefined ? '' : `-${port}`}`
  return [
    ...['az', 'network', 'nsg', 'rule', 'create', '--resource-group', 'RESOURCES', '--nsg-name', 'GROUP'],
    ...['--name', name, '--priority', String(priority), '--access', 'Allow', '--direction', 'Inbound'],
    ...['--protocol', protocol === 'esp' ? 'Esp' : protocol === 'tcp' ? 'Tcp' : 'Udp'],
    ...['--destination-port-ranges', port === undefined ? '*' : String(port)],
    ...['--source-address-prefixes', ...addresses.map(cidr)],
  ]
}

function google(addresses: readonly string[], ports: readonly OverlayPort[]): readonly string[] {
  const allowed = ports.map(({ protocol, port }) => (port === undefined ? protocol : `${protocol}:${port}`))
  return [
    ...['gcloud', 'compute', 'firewall-rules', 'create', 'swarm-overlay', '--network', 'NETWORK'],
    ...['--direction', 'INGRESS', '--action', 'ALLOW', '--target-tags', 'TAG'],
    ...['--rules', allowed.join(','), '--source-ranges', addresses.map(cidr).join(',')],
  ]
}
