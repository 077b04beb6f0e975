import { describe, expect, it } from 'vitest'
import { icmpCheck } from '../../../../../src/core/connectivity/checks/icmp-check'

const check = (status: number, text: string) => icmpCheck({ kind: 'icmp', index: 0, status, text })

describe('icmpCheck', () => {
  it.each([
    [
      'busybox',
      'PING 10.0.1.2 (10.0.1.2): 56 data bytes 64 bytes from 10.0.1.2: seq=0 ttl=64 time=0.552 ms --- 10.0.1.2 ping statistics --- 1 packets transmitted, 1 packets received, 0% packet loss',
      0.552,
    ],
    [
      'iputils',
      'PING 10.0.1.2 (10.0.1.2) 56(84) bytes of data. 64 bytes from 10.0.1.2: icmp_seq=1 ttl=64 time=0.017 ms --- 10.0.1.2 ping statistics --- 1 packets transmitted, 1 received, 0% packet loss, time 0ms',
      0.017,
    ],
  ])('reads the answer that %s got', (_name, text, ms) => {
    expect(check(0, text)).toEqual({
      ...{ kind: 'icmp', result: 'pass', observation: 'ok', detail: 'Answers to ping', ms },
      pings: { sent: 1, received: 1 },
    })
  })

  it.each([
    ['busybox', 'round-trip min/avg/max = 0.041/0.072/0.103 ms'],
    ['iputils', 'rtt min/avg/max/mdev = 0.041/0.072/0.103/0.025 ms'],
  ])('reads how long it took from what %s sums up', (_name, summary) => {
    const { ms, pings } = check(0, `20 packets transmitted, 16 packets received, 20% packet loss ${summary}`)
    expect(ms).toBe(0.072)
    expect(pings).toEqual({ sent: 20, received: 16, minMs: 0.041, avgMs: 0.072, maxMs: 0.103 })
  })

  it('passes with some loss, and says so', () => {
    expect(check(0, '3 packets transmitted, 1 packets received, 66% packet loss')).toMatchObject({
      result: 'pass',
      detail: 'Answers to ping, 2 of 3 lost',
    })
  })

  it.each([
    ['lost', 1, 'PING 10.0.1.2: 56 data bytes --- 3 packets transmitted, 0 packets received, 100% packet loss'],
    ['lost', 1, '3 packets transmitted, 0 received, 100% packet loss, time 2031ms'],
    [
      'no-route',
      1,
      'From 10.0.1.4 icmp_seq=1 Destination Host Unreachable 1 packets transmitted, 0 received, +1 errors',
    ],
    ['no-route', 2, 'ping: connect: Network is unreachable'],
  ])('fails with the observation %s', (observation, status, text) => {
    expect(check(status, text)).toMatchObject({ result: 'fail', observation })
  })

  it.each([
    ['denied', 1, 'ping: permission denied (are you root?)'],
    ['denied', 2, 'ping: socket: Operation not permitted'],
    ['no-tool', 127, ''],
    ['unreadable', 1, 'Usage: ping HOST'],
  ])('is not tested with the observation %s', (observation, status, text) => {
    expect(check(status, text)).toMatchObject({ result: 'not-tested', observation })
  })
})
