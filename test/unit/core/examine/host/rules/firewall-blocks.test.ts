import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { blockingRule } from '../../../../../../src/core/examine/host/rules/firewall-rules'

const listening = [{ protocol: 'tcp', address: '*', port: 7946 } as const]
const udp = { protocol: 'udp', port: 4789 } as const

describe('firewall-blocks', () => {
  it('names the ports and the rule', () => {
    const rules = ['-P INPUT ACCEPT', '-A INPUT -p udp -m udp --dport 4789 -m comment --comment "no vxlan" -j DROP']
    const found = only('firewall-blocks', { listening, firewall: { inCharge: 'iptables', rules } })
    expect(found.title).toBe('The host’s firewall drops 4789/udp')
    expect(found.details).toEqual({ ports: [udp], rules: [rules[1]] })
  })

  it('says nothing of a host in no cluster', () => {
    expect(causesIn({ firewall: { inCharge: 'iptables', rules: ['-P INPUT DROP'] } })).toEqual([])
  })

  it.each([
    [['-P INPUT DROP'], '-P INPUT DROP'],
    [
      ['-P INPUT DROP', '-A INPUT -i lo -j ACCEPT', '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
      '-P INPUT DROP',
    ],
    [['-P INPUT DROP', '-A INPUT -p udp -m multiport --dports 4000:5000,7946 -j ACCEPT'], undefined],
    [['-P INPUT DROP', '-A INPUT -s 10.0.0.0/8 -j ACCEPT'], undefined],
    [['-P INPUT DROP', '-A INPUT -j ufw-before-input'], undefined],
    [['-P INPUT ACCEPT', '-A INPUT -s 10.0.0.9/32 -p udp -m udp --dport 4789 -j DROP'], undefined],
    [['-P INPUT ACCEPT', '-A INPUT -p tcp -m tcp --dport 4789 -j DROP'], undefined],
    [
      ['-P INPUT ACCEPT', '-A INPUT -j REJECT --reject-with icmp-host-prohibited'],
      '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
    ],
  ])('takes %j for %s', (rules, blocking) => {
    expect(blockingRule(rules, udp)).toBe(blocking)
  })
})
