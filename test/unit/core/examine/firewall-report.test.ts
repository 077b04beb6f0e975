import { describe, expect, it } from 'vitest'
import { firewallReport } from '../../../../src/core/examine/firewall-report'

const tolkewitz = { name: 'tolkewitz', address: '198.18.0.2', isManager: true }
const lindenau = { name: 'lindenau', address: '198.18.0.3', isManager: false }
const nowhere = { name: 'no_where', address: '$(reboot)', isManager: false }
const plain = { name: 'gnswarm', scope: 'swarm', isEncrypted: false } as const

describe('firewallReport', () => {
  it('gives the commands for each host that drops packets, for its peers and nobody else', () => {
    const report = firewallReport(plain, { blocked: [lindenau], all: [tolkewitz, lindenau] })
    expect(report).toContain('## At lindenau')
    expect(report).not.toContain('## At tolkewitz')
    expect(report).toContain('iptables -I INPUT -s 198.18.0.2 -p udp --dport 4789 -j ACCEPT')
    expect(report).not.toContain('-s 198.18.0.3')
  })

  it('lists what is needed; ESP only for an encrypted network', () => {
    const hosts = { blocked: [lindenau], all: [tolkewitz, lindenau] }
    expect(firewallReport(plain, hosts)).toContain('- 2377/tcp: cluster management, at managers only')
    expect(firewallReport(plain, hosts)).not.toContain('ESP')
    expect(firewallReport({ ...plain, isEncrypted: true }, hosts)).toContain('- ESP: the encrypted traffic')
  })

  it('puts no address into a command that is none, and says which host is missing', () => {
    const report = firewallReport(plain, { blocked: [lindenau], all: [tolkewitz, lindenau, nowhere] })
    expect(report).not.toContain('reboot')
    expect(report).toContain('missing below: no\\_where.')
    const alone = firewallReport(plain, { blocked: [lindenau], all: [lindenau, nowhere] })
    expect(alone).toContain('No address of another host is known.')
    expect(alone).not.toContain('```')
  })

  it('says that the hosts are gone', () => {
    expect(firewallReport(plain, { blocked: [], all: [tolkewitz] })).toContain('test again')
  })
})
