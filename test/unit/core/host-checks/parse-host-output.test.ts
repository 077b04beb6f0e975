import { describe, expect, it } from 'vitest'
import { hostScript, maxDialledPeers } from '../../../../src/core/host-checks/host-script'
import { parseHostOutput } from '../../../../src/core/host-checks/parse-host-output'

const question = {
  peers: [
    { address: '198.18.0.11', tcpPorts: [7946, 2377] },
    { address: '198.18.0.12', tcpPorts: [7946] },
  ],
  udpPorts: [4789, 7946],
}
const probe = (...fields: readonly string[]) => ['@probe', ...fields].join('\t')
const fact = (kind: string, text: string) => ['@host', kind, text].join('\t')

describe('parseHostOutput', () => {
  const output = [
    probe('0', 'tcp', '7946', '0', '10', 'nc '),
    probe('0', 'tcp', '2377', '1', '10', 'nc connect: Connection refused'),
    probe('1', 'tcp', '7946', '1', '2000', 'nc timed out'),
    probe('0', 'icmp', '-', '0', '', '1 packets transmitted, 1 packets received, 0% packet loss'),
    probe('0', 'mtu', '-', '1', '', '1500 3 packets transmitted, 0 packets received'),
    fact('udp', '7946'),
    fact('link', 'eth0 1500 vmxnet3'),
    fact('link', 'docker0 1500 '),
    fact('link', 'odd'),
    fact('route', 'eth0 00000000 00000000'),
    fact('route', 'eth0 0007C612 00FFFFFF'),
    fact('route', 'eth0 zz 00FFFFFF'),
    'something else',
  ].join('\n')
  const reading = parseHostOutput(output, question)

  it('reads what became of connections and pings', () => {
    expect(reading.dials.map(({ address, port, check }) => [address, port, check.observation])).toEqual([
      ['198.18.0.11', 7946, 'ok'],
      ['198.18.0.11', 2377, 'refused'],
      ['198.18.0.12', 7946, 'lost'],
    ])
    expect(reading.pings).toMatchObject([
      { address: '198.18.0.11', check: { result: 'pass' }, large: { observation: 'too-large', bytes: 1500 } },
    ])
  })

  it('reads listeners, cards and routes, and skips what has another form', () => {
    expect(reading.udpPorts).toEqual([7946])
    expect(reading.links).toEqual([
      { name: 'eth0', mtu: 1500, driver: 'vmxnet3' },
      { name: 'docker0', mtu: 1500 },
    ])
    expect(reading.routes).toEqual([
      { link: 'eth0', subnet: '0.0.0.0/0' },
      { link: 'eth0', subnet: '18.198.7.0/24' },
    ])
  })
})

describe('hostScript', () => {
  it('asks each peer, and says how long it takes', () => {
    const { text, limitMs } = hostScript(question)
    expect(text).toContain('attempt 0 tcp 198.18.0.11 2377 &')
    expect(text).toContain('udp_port 4789 12B5')
    expect(text).toContain(`watchdog ${limitMs / 1_000}`)
  })

  it('is bounded', () => {
    const many = Array.from({ length: 100 }, (_, n) => ({ address: `10.1.0.${n}`, tcpPorts: [7946] }))
    const jobs = hostScript({ peers: many, udpPorts: [] }).text.match(/^attempt /gm)
    expect(jobs).toHaveLength(maxDialledPeers)
  })
})
