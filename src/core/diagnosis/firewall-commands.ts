import { shellQuote } from '../text/shell-quote'
import { isIpv6, parseAddress } from '../connectivity/ip-address'
import { dataPathPurpose, overlayPorts, type OverlayPort, type OverlayPortOptions } from './overlay-ports'

export interface FirewallHost {
  readonly name: string
  /** Where its peers' packets come from; a host without a usable address is left out. */
  readonly address: string
  readonly isManager: boolean
}

export const firewallTools = ['ufw', 'firewalld', 'iptables', 'nft'] as const

export type FirewallTool = (typeof firewallTools)[number]

/** One rule that lets a peer's packets in: the commands that make it and those that take it away, each as its arguments. */
export interface FirewallRule {
  readonly add: readonly (readonly string[])[]
  readonly remove: readonly (readonly string[])[]
}

/** The commands for one firewall front end: whichever is in charge on the host. */
export interface FirewallCommands {
  readonly tool: FirewallTool
  /** How to tell that this is the one in charge, and what else there is to know. */
  readonly note: string
  /** For a root shell on the host. */
  readonly commands: readonly string[]
}

const notes: Readonly<Record<FirewallTool, string>> = {
  ufw: 'Where “ufw status” says that it is active.',
  firewalld:
    'Where “firewall-cmd --state” says running. Each rule is given twice, for now and for the next start: a reload could drop the rules that Docker has added.',
  iptables:
    'Where neither of the two is in charge. These rules last until the next start: keep them as your distribution does (for instance netfilter-persistent save).',
  nft: 'Where the host has rules of its own in nftables. The table and the chain may have other names: see “nft list ruleset”.',
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
  return firewallTools.map((tool) => ({
    tool,
    note: notes[tool],
    commands: firewallRules({ host, peers, options }, tool).flatMap(({ add }) => add.map(shellQuote)),
  }))
}

/** What is to be opened: at `host`, to `peers`. */
export interface Opening {
  readonly host: FirewallHost
  readonly peers: readonly FirewallHost[]
  readonly options: OverlayPortOptions
}

/** The same as rules that can be taken away again, for one front end; one a peer and port. */
export function firewallRules({ host, peers, options }: Opening, tool: FirewallTool): readonly FirewallRule[] {
  const ports = overlayPorts(options).filter(({ managersOnly }) => !managersOnly || host.isManager)
  const sources = peers.flatMap(({ address }) => parseAddress(address) ?? [])
  return sources.flatMap((source) => ports.map((port) => makers[tool](source, port)))
}

/**
 * The rule that keeps everybody else out of the data path, behind those of `firewallRules`; absent for front ends that keep
 * out whom nobody lets in.
 */
export function keepOthersOut(opening: Opening, tool: FirewallTool): FirewallRule | undefined {
  if (tool !== 'iptables' && tool !== 'nft') return undefined
  const { peers, options } = opening
  const before = firewallRules(opening, tool)
  const port = overlayPorts(options).find(({ purpose }) => purpose === dataPathPurpose)
  if (port?.port === undefined) return undefined
  const match = ['-p', port.protocol, '--dport', String(port.port), '-j', 'DROP']
  const sources = peers.flatMap(({ address }) => parseAddress(address) ?? [])
  const families = [false, true].filter((is) => sources.some((source) => isIpv6(source) === is))
  if (tool === 'nft') {
    const comment = commentOf('others', port)
    const rule = [port.protocol, 'dport', String(port.port), 'counter', 'drop', 'comment', `"${comment}"`]
    return {
      add: [['nft', 'add', 'rule', 'inet', 'filter', 'input', 'index', String(before.length - 1), ...rule]],
      remove: [['sh', '-c', removeByComment, 'sh', comment]],
    }
  }
  const commands = (change: (accepted: number) => readonly string[]) =>
    families.map((is) => {
      const accepted = sources.filter((source) => isIpv6(source) === is).length * (before.length / sources.length)
      return [is ? 'ip6tables' : 'iptables', ...change(accepted), ...match]
    })
  return {
    add: commands((accepted) => ['-I', 'INPUT', String(accepted + 1)]),
    remove: commands(() => ['-D', 'INPUT']),
  }
}

/** nftables takes rules away by a number that it gives them: it is found by the comment. */
const removeByComment =
  'nft -a list chain inet filter input | grep -F "comment \\"$1\\"" | sed -n "s/.* # handle //p" | while read -r handle; do nft delete rule inet filter input handle "$handle"; done'

function commentOf(source: string, { protocol, port }: OverlayPort): string {
  return `swarm-networks ${source} ${port === undefined ? protocol : `${port}/${protocol}`}`
}

const makers: Readonly<Record<FirewallTool, (source: string, port: OverlayPort) => FirewallRule>> = {
  ufw: (source, port) => {
    const rule = ufw(source, port)
    return { add: [['ufw', ...rule]], remove: [['ufw', 'delete', ...rule]] }
  },
  firewalld: (source, port) => {
    const rule = richRule(source, port)
    const both = (what: 'add' | 'remove') =>
      [[], ['--permanent']].map((extra) => ['firewall-cmd', ...extra, `--${what}-rich-rule=${rule}`])
    return { add: both('add'), remove: both('remove') }
  },
  iptables: (source, port) => ({
    add: [iptables('-I', source, port)],
    remove: [iptables('-D', source, port)],
  }),
  nft: (source, port) => ({
    add: [nft(source, port)],
    remove: [['sh', '-c', removeByComment, 'sh', commentOf(source, port)]],
  }),
}

function ufw(source: string, { protocol, port }: OverlayPort): readonly string[] {
  const to = port === undefined ? ['to', 'any'] : ['to', 'any', 'port', String(port)]
  return ['allow', 'proto', protocol, 'from', source, ...to]
}

function richRule(source: string, { protocol, port }: OverlayPort): string {
  const what = port === undefined ? `protocol value="${protocol}"` : `port port="${port}" protocol="${protocol}"`
  return `rule family="${isIpv6(source) ? 'ipv6' : 'ipv4'}" source address="${source}" ${what} accept`
}

function iptables(change: '-I' | '-D', source: string, { protocol, port }: OverlayPort): readonly string[] {
  const command = isIpv6(source) ? 'ip6tables' : 'iptables'
  const to = port === undefined ? [] : ['--dport', String(port)]
  return [command, change, 'INPUT', '-s', source, '-p', protocol, ...to, '-j', 'ACCEPT']
}

function nft(source: string, opened: OverlayPort): readonly string[] {
  const { protocol, port } = opened
  const comment = `"${commentOf(source, opened)}"`
  const family = isIpv6(source) ? 'ip6' : 'ip'
  const what = port === undefined ? ['meta', 'l4proto', 'esp'] : [protocol, 'dport', String(port)]
  return [
    'nft',
    'insert',
    'rule',
    'inet',
    'filter',
    'input',
    family,
    'saddr',
    source,
    ...what,
    'accept',
    'comment',
    comment,
  ]
}
