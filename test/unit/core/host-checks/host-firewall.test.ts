import { describe, expect, it } from 'vitest'
import { parseHostFirewall } from '../../../../src/core/host-checks/host-firewall'

const ports = { tcp: [7946, 2377], udp: [4789, 7946] }

/** As nftables 1.0.6 lists what was put into a network namespace of Linux 6.18, the last table by iptables-nft. */
const ruleset = `table inet filter {
	set peers {
		type ipv4_addr
		elements = { 198.18.0.11, 198.18.0.12 }
	}

	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iif "lo" accept
		tcp dport { 22, 2377 } counter packets 0 bytes 0 accept
		ip saddr @peers udp dport 4789 counter packets 0 bytes 0 accept
		udp dport 7946 counter packets 3 bytes 180 drop
		jump extra
	}

	chain extra {
		udp dport 4780-4790 counter packets 7 bytes 420 reject
		ip protocol esp drop
		tcp dport vmap { 7946 : drop }
		tcp dport 443 counter packets 9 bytes 540 drop comment "udp dport 4789 drop"
	}

	chain unused {
		tcp dport 2377 drop
	}

	chain output {
		type filter hook output priority filter; policy accept;
		tcp dport { 2377, 7946 } drop
	}
}
table ip filter {
	chain INPUT {
		type filter hook input priority filter; policy accept;
		udp dport 4789 counter packets 0 bytes 0 drop
	}
}
`
const accepting = '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n'

describe('parseHostFirewall', () => {
  it('reads what nftables drops of the overlay’s ports, through jumps, sets and maps, and what iptables lists only once', () => {
    const reading = parseHostFirewall(`@iptables\n${accepting}@nft\n${ruleset}`, ports)
    expect(
      reading?.drops.map(({ protocol, port, packets, direction }) => [protocol, port, packets, direction]),
    ).toEqual([
      ['udp', 7946, 3, 'in'],
      ['udp', 4789, 7, 'in'],
      ['esp', undefined, undefined, 'in'],
      ['tcp', 7946, undefined, 'in'],
      ['tcp', 7946, undefined, 'out'],
      ['tcp', 2377, undefined, 'out'],
    ])
    expect(reading?.drops[1]?.rule).toBe('inet filter extra: udp dport 4780-4790 counter packets 7 bytes 420 reject')
    expect(reading).toMatchObject({ isDataPathOpen: false })
    expect(reading?.unseen).toBeUndefined()
  })

  it('calls nothing open where nftables limits what iptables lets in, or could not be listed', () => {
    const open = (rest: string) => parseHostFirewall(`@iptables\n${accepting}${rest}`, ports)
    expect(open(`@nft\n${ruleset}`)?.isDataPathOpen).toBe(false)
    expect(open('@nft\n')).toEqual({ drops: [], isDataPathOpen: true })
    expect(open('')).toEqual({
      drops: [],
      isDataPathOpen: false,
      unseen: ['the rules of nftables could not be listed'],
    })
  })

  it('says where nft is not installed', () => {
    expect(parseHostFirewall(`@iptables\n${accepting}@no-nft\n`, ports)).toEqual({
      drops: [],
      isDataPathOpen: true,
      unseen: ['nft is not installed there, so rules of nftables were not looked for'],
    })
  })

  it('reads a host that has only nftables, and none that lets nobody look', () => {
    const reading = parseHostFirewall(`@nft\n${ruleset}`, ports)
    expect([reading?.drops.length, reading?.unseen]).toEqual([6, ['the rules of iptables could not be listed']])
    expect(parseHostFirewall('', ports)).toBeUndefined()
    expect(parseHostFirewall('@no-nft\n', ports)).toBeUndefined()
  })
})
