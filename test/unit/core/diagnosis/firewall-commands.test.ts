import { describe, expect, it } from 'vitest'
import type { OverlayPortOptions } from '../../../../src/core/diagnosis/overlay-ports'
import {
  firewallCommands,
  firewallRules,
  keepOthersOut,
  firewallTools,
  type FirewallTool,
} from '../../../../src/core/diagnosis/firewall-commands'

const host = { name: 'tolkewitz', address: '198.18.7.11', isManager: true }
const peers = [
  { name: 'lindenau', address: '198.18.7.12', isManager: false },
  { name: 'miltitz', address: 'fd00::13', isManager: false },
]

function commands(
  tool: FirewallTool,
  over: Partial<typeof host> = {},
  options: OverlayPortOptions = { scope: 'swarm', isEncrypted: false },
) {
  return firewallCommands({ ...host, ...over }, peers, options).find((entry) => entry.tool === tool)!.commands
}

describe('firewallCommands', () => {
  it('opens what overlays need to each peer, and to nobody else, with ufw', () => {
    expect(commands('ufw')).toEqual([
      'ufw allow proto tcp from 198.18.7.12 to any port 2377',
      'ufw allow proto tcp from 198.18.7.12 to any port 7946',
      'ufw allow proto udp from 198.18.7.12 to any port 7946',
      'ufw allow proto udp from 198.18.7.12 to any port 4789',
      'ufw allow proto tcp from fd00::13 to any port 2377',
      'ufw allow proto tcp from fd00::13 to any port 7946',
      'ufw allow proto udp from fd00::13 to any port 7946',
      'ufw allow proto udp from fd00::13 to any port 4789',
    ])
  })

  it('speaks iptables for both families', () => {
    expect(commands('iptables')).toContain('iptables -I INPUT -s 198.18.7.12 -p udp --dport 4789 -j ACCEPT')
    expect(commands('iptables')).toContain('ip6tables -I INPUT -s fd00::13 -p udp --dport 4789 -j ACCEPT')
  })

  it('speaks nft', () => {
    expect(commands('nft')).toContain(
      `nft insert rule inet filter input ip saddr 198.18.7.12 udp dport 4789 accept comment '"swarm-networks 198.18.7.12 4789/udp"'`,
    )
    expect(commands('nft')).toContain(
      `nft insert rule inet filter input ip6 saddr fd00::13 tcp dport 7946 accept comment '"swarm-networks fd00::13 7946/tcp"'`,
    )
  })

  it('speaks firewalld, now and for good, without a reload', () => {
    const rule = `'--add-rich-rule=rule family="ipv4" source address="198.18.7.12" port port="4789" protocol="udp" accept'`
    expect(commands('firewalld')).toContain(`firewall-cmd ${rule}`)
    expect(commands('firewalld')).toContain(`firewall-cmd --permanent ${rule}`)
    expect(commands('firewalld').join('\n')).not.toContain('--reload')
  })

  it('opens 2377 on managers only', () => {
    for (const tool of ['ufw', 'firewalld', 'iptables', 'nft'] as const) {
      expect(commands(tool).join('\n')).toContain('2377')
      expect(commands(tool, { isManager: false }).join('\n')).not.toContain('2377')
    }
  })

  it('adds ESP for encrypted networks', () => {
    const encrypted = { scope: 'swarm', isEncrypted: true } as const
    expect(commands('ufw', {}, encrypted)).toContain('ufw allow proto esp from 198.18.7.12 to any')
    expect(commands('iptables', {}, encrypted)).toContain('iptables -I INPUT -s 198.18.7.12 -p esp -j ACCEPT')
    expect(commands('nft', {}, encrypted)).toContain(
      `nft insert rule inet filter input ip saddr 198.18.7.12 meta l4proto esp accept comment '"swarm-networks 198.18.7.12 esp"'`,
    )
    expect(commands('firewalld', {}, encrypted).join('\n')).toContain('protocol value="esp" accept')
    expect(commands('ufw').join('\n')).not.toContain('esp')
  })

  it('opens the swarm’s own data path port instead of 4789', () => {
    const [ufw] = firewallCommands(host, peers, { scope: 'swarm', isEncrypted: false, dataPathPort: 7789 })
    expect(ufw!.commands.join('\n')).toContain('port 7789')
    expect(ufw!.commands.join('\n')).not.toContain('4789')
  })

  it('opens no port of swarm managers where a key-value store holds the network', () => {
    expect(commands('ufw', {}, { scope: 'global', isEncrypted: false }).join('\n')).not.toContain('2377')
    expect(commands('ufw', {}, { scope: 'global', isEncrypted: false })).toHaveLength(6)
  })

  it('makes no rule of what is not an address', () => {
    const [ufw] = firewallCommands(host, [{ name: 'x', address: '0.0.0.0/0; reboot', isManager: false }], {
      scope: 'swarm',
      isEncrypted: false,
    })
    expect(ufw!.commands).toEqual([])
  })

  it.each(firewallTools)('takes every rule of %s away again', (tool) => {
    const options: OverlayPortOptions = { scope: 'swarm', isEncrypted: true }
    for (const { add, remove } of firewallRules({ host, peers, options }, tool)) {
      expect(add.length).toBeGreaterThan(0)
      expect(remove).toHaveLength(add.length)
    }
  })

  it('takes away what it has made, and nothing like it', () => {
    const options: OverlayPortOptions = { scope: 'swarm', isEncrypted: false }
    const last = (tool: FirewallTool) => firewallRules({ host, peers, options }, tool).at(-1)!.remove[0]!.join(' ')
    expect(last('ufw')).toBe('ufw delete allow proto udp from fd00::13 to any port 4789')
    expect(last('iptables')).toBe('ip6tables -D INPUT -s fd00::13 -p udp --dport 4789 -j ACCEPT')
    expect(last('nft')).toMatch(/ swarm-networks fd00::13 4789\/udp$/)
  })

  it('keeps everybody else out behind the rules that let peers in, and only at the data path', () => {
    const options: OverlayPortOptions = { scope: 'swarm', isEncrypted: false, dataPathPort: 5789 }
    const kept = (tool: FirewallTool) => keepOthersOut({ host, peers, options }, tool)
    const accepted = (family: string) =>
      firewallRules({ host, peers, options }, 'iptables').filter(({ add }) => add[0]![0] === family).length
    expect(kept('iptables')?.add.map((command) => command.join(' '))).toEqual([
      `iptables -I INPUT ${accepted('iptables') + 1} -p udp --dport 5789 -j DROP`,
      `ip6tables -I INPUT ${accepted('ip6tables') + 1} -p udp --dport 5789 -j DROP`,
    ])
    expect(kept('iptables')?.remove[1]!.join(' ')).toBe('ip6tables -D INPUT -p udp --dport 5789 -j DROP')
    const last = firewallRules({ host, peers, options }, 'nft').length - 1
    expect(kept('nft')?.add[0]!.join(' ')).toContain(`input index ${last} udp dport 5789 counter drop comment`)
    expect([kept('ufw'), kept('firewalld')]).toEqual([undefined, undefined])
  })
})
