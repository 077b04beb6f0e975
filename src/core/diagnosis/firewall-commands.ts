import { shellQuote } from '../text/shell-quote'
import { isIpv6, parseAddress } from '../connectivity/ip-address'
import { overlayPorts, type OverlayPort, type OverlayPortOptions } from './overlay-ports'

export interface FirewallHost {
  readonly name: string
  /** Where its peers' packets come from; a host without a usable address is left out. */
  readonly address: string
  readonly isManager: boolean
}

export type FirewallTool = 'ufw' | 'firewalld' | 'iptables' | 'nft'

/** The commands for one firewall front end: whichever is in charge on the host. */
export interface FirewallCommands {
  readonly tool: FirewallTool
  /** How to tell that this is the one in charge, and what else there is to know. */
  readonly note: string
  /** For a root shell on the host. */
  readonly commands: readonly string[]
}

/**
 * Commands that open what overlay networks need at `host`, to its peers' addresses and to nobody else: VXLAN is not
 * authenticated, so a data path port that is open to the world lets anybody into the containers' networks
 * (moby's advisory GHSA-vwm3-crmr-xfxw).
 */
export function firewallCommands(
  host: FirewallHost,
  peers: readonly FirewallHost[],
  options: OverlayPortOptions,
): readonly FirewallCommands[] {
  const ports = overlayPorts(options).filter(({ managersOnly }) => !managersOnly || host.isManager)
  const sources = peers.flatMap(({ address }) => parseAddress(address) ?? [])
  const each = (make: (source: string, port: OverlayPort) => readonly string[]) =>
    sources.flatMap((source) => ports.flatMap((port) => make(source, port)))
  return [
    {
      tool: 'ufw',
      note: 'Where “ufw status” says that it is active.',
      commands: each((source, port) => [shellQuote(ufw(source, port))]),
    },
    {
      tool: 'firewalld',
      note: 'Where “firewall-cmd --state” says running. Each rule is given twice, for now and for the next start: a reload could drop the rules that Docker has added.',
      commands: each((source, port) =>
        [[], ['--permanent']].map((extra) =>
          shellQuote(['firewall-cmd', ...extra, `--add-rich-rule=${richRule(source, port)}`]),
        ),
      ),
    },
    {
      tool: 'iptables',
      note: 'Where neither of the two is in charge. These rules last until the next start: keep them as your distribution does (for instance netfilter-persistent save).',
      commands: each((source, port) => [shellQuote(iptables(source, port))]),
    },
    {
      tool: 'nft',
      note: 'Where the host has rules of its own in nftables. The table and the chain may have other names: see “nft list ruleset”.',
      commands: each((source, port) => [shellQuote(nft(source, port))]),
    },
  ]
}

function ufw(source: string, { protocol, port }: OverlayPort): readonly string[] {
  const to = port === undefined ? ['to', 'any'] : ['to', 'any', 'port', String(port)]
  return ['ufw', 'allow', 'proto', protocol, 'from', source, ...to]
}

function richRule(source: string, { protocol, port }: OverlayPort): string {
  const what = port === undefined ? `protocol value="${protocol}"` : `port port="${port}" protocol="${protocol}"`
  return `rule family="${isIpv6(source) ? 'ipv6' : 'ipv4'}" source address="${source}" ${what} accept`
}

function iptables(source: string, { protocol, port }: OverlayPort): readonly string[] {
  const command = isIpv6(source) ? 'ip6tables' : 'iptables'
  const to = port === undefined ? [] : ['--dport', String(port)]
  return [command, '-I', 'INPUT', '-s', source, '-p', protocol, ...to, '-j', 'ACCEPT']
}

function nft(source: string, { protocol, port }: OverlayPort): readonly string[] {
  const family = isIpv6(source) ? 'ip6' : 'ip'
  const what = port === undefined ? ['meta', 'l4proto', 'esp'] : [protocol, 'dport', String(port)]
  return ['nft', 'insert', 'rule', 'inet', 'filter', 'input', family, 'saddr', source, ...what, 'accept']
}
