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

  describe('tells that a port is closed to whom nobody lets in by address', () => {
    const closedAt = (stdout: string) =>
      (parseHostFirewall(stdout, ports)?.closed ?? []).filter(({ port }) => port === 4789).map(({ rule }) => rule)
    const iptables = (...rules: readonly string[]) =>
      closedAt(
        `@iptables\n*filter\n:INPUT ACCEPT [0:0]\n${rules.map((rule) => `[0:0] -A INPUT ${rule}\n`).join('')}COMMIT\n`,
      )
    const nft = (policy: string, ...rules: readonly string[]) =>
      closedAt(
        `@nft\ntable inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy ${policy};\n${rules.map((rule) => `\t\t${rule}\n`).join('')}\t}\n}\n`,
      )
    const drop = '-p udp -m udp --dport 4789 -j DROP'
    const peer = '-s 198.18.7.11/32 -p udp -m udp --dport 4789 -j ACCEPT'

    it.each([
      ['after those who are let in', [peer, drop]],
      [
        'after what is about others',
        ['-p tcp -m tcp --dport 4789 -j ACCEPT', '-i lo -j ACCEPT', '-p udp --dport 53 -j ACCEPT', drop],
      ],
      ['after answers', ['-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', drop]],
    ] as const)('by iptables, %s', (_what, rules) => {
      expect(iptables(...rules)).toEqual([`-A INPUT ${drop}`])
    })

    it.each([
      ['somebody else is let in before', ['-p udp -j ACCEPT', drop]],
      ['all but some are let in before', ['! -s 10.0.0.0/8 -j ACCEPT', drop]],
      ['another chain decides before', ['-j ufw-before-input', drop]],
      ['only some senders are kept out', ['-s 198.18.7.11/32 -p udp --dport 4789 -j DROP']],
      ['one card is let in before', ['-i eth0 -j ACCEPT', drop]],
    ] as const)('not by iptables where %s', (_what, rules) => {
      expect(iptables(...rules)).toEqual([])
    })

    it('by nftables, with a rule or by policy', () => {
      const known = ['ct state established,related accept', 'iif "lo" accept', 'tcp dport { 22, 2377 } accept']
      const own = 'udp dport 4789 counter packets 3 bytes 180 drop comment "swarm-networks others 4789/udp"'
      expect(nft('accept', ...known, 'ip saddr 198.18.7.11 udp dport 4789 accept comment "x"', own)).toEqual([
        `inet filter input: ${own}`,
      ])
      expect(nft('drop', ...known, 'ip saddr @peers udp dport 4789 counter packets 0 bytes 0 accept')).toEqual([
        'inet filter input: policy drop',
      ])
    })

    it.each([
      ['a card', 'iifname "eth0" accept'],
      ['everybody', 'udp dport 4789 accept'],
      ['all but some', 'ip saddr != 10.0.0.0/8 accept'],
      ['what another chain decides', 'jump extra'],
      ['what a map decides', 'udp dport vmap { 4789 : accept }'],
    ])('not by nftables where %s is let in before', (_what, rule) => {
      expect(nft('drop', rule)).toEqual([])
    })
  })
})
