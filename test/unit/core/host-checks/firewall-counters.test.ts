import { describe, expect, it } from 'vitest'
import { parseFirewall } from '../../../../src/core/host-checks/firewall-counters'

const ports = { tcp: [7946, 2377], udp: [4789, 7946] }
const table = (...rules: readonly string[]) =>
  [
    '*filter',
    ':INPUT ACCEPT [120:9000]',
    ':FORWARD DROP [0:0]',
    ':OUTPUT ACCEPT [99:8000]',
    ...rules,
    'COMMIT',
    '',
  ].join('\n')

describe('parseFirewall', () => {
  it('reads what was dropped of the overlay’s ports, and which way', () => {
    const { drops } = parseFirewall(
      table(
        '[12:900] -A INPUT -p udp -m udp --dport 4789 -j DROP',
        '[3:180] -A OUTPUT -p tcp -m tcp --dport 7946 -m comment --comment "no gossip" -j REJECT --reject-with icmp-port-unreachable',
      ),
      ports,
    )
    expect(drops).toEqual([
      {
        ...{ protocol: 'udp', port: 4789, packets: 12, direction: 'in' },
        rule: '-A INPUT -p udp -m udp --dport 4789 -j DROP',
      },
      expect.objectContaining({ protocol: 'tcp', port: 7946, packets: 3, direction: 'out' }),
    ])
  })

  it('knows ranges, lists and ESP, and leaves other ports and what it cannot tell alone', () => {
    const { drops } = parseFirewall(
      table(
        '[1:1] -A INPUT -p udp -m multiport --dports 53,4000:5000 -j DROP',
        '[2:2] -A INPUT -p esp -j DROP',
        '[3:3] -A INPUT -p tcp -m tcp --dport 22 -j DROP',
        '[4:4] -A INPUT -s 10.0.0.0/8 -j DROP',
        '[5:5] -A FORWARD -p udp -m udp --dport 4789 -j DROP',
      ),
      ports,
    )
    expect(drops.map(({ protocol, port, packets }) => [protocol, port, packets])).toEqual([
      ['udp', 4789, 1],
      ['esp', undefined, 2],
    ])
  })

  it('follows chains, as ufw and firewalld make them', () => {
    const { drops } = parseFirewall(
      table('[9:9] -A INPUT -j ufw-user-input', '[7:7] -A ufw-user-input -p udp -m udp --dport 7946 -j DROP'),
      ports,
    )
    expect(drops).toMatchObject([{ port: 7946, packets: 7, direction: 'in' }])
  })

  it('calls a data path open only where nothing at all is limited', () => {
    expect(parseFirewall(table(), ports).isDataPathOpen).toBe(true)
    const encrypted =
      '[0:0] -A INPUT -p udp -m policy --dir in --pol none -m udp --dport 4789 -m u32 --u32 "0x0>>0x16&0x3c@0xc&0xffffff00=0x100100" -j DROP'
    expect(parseFirewall(table(encrypted), ports).isDataPathOpen).toBe(true)
    expect(parseFirewall(table('[0:0] -A INPUT -p tcp -m tcp --dport 22 -j DROP'), ports).isDataPathOpen).toBe(false)
    const closed = table().replace(':INPUT ACCEPT', ':INPUT DROP')
    expect(parseFirewall(closed, ports).isDataPathOpen).toBe(false)
    expect(parseFirewall('', ports)).toEqual({ drops: [], isDataPathOpen: false })
  })
})
