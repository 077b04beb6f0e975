import { describe, expect, it } from 'vitest'
import { isResolverAlive } from '../../../../../src/core/connectivity/checks/name-answer'
import { nameCheck } from '../../../../../src/core/connectivity/checks/name-check'
import type { ProbeLine } from '../../../../../src/core/connectivity/parse-probe'
import { aPeer } from '../../../builders'

const web = aPeer('web', 'tolkewitz', {
  address: '10.0.1.2',
  addresses: [
    { address: '10.0.1.2', network: 'gnswarm' },
    { address: '10.0.9.7', network: 'other' },
    { address: 'fd00::2', network: 'gnswarm' },
  ],
})

function aLine(text: string, over: Partial<ProbeLine> = {}): ProbeLine {
  return { index: 0, kind: 'name', status: 0, ms: 10, text, ...over }
}

/** What the tools said in containers of a real swarm. */
const nslookup = 'nslookup Server: 127.0.0.11 Address: 127.0.0.11:53'
const own: ProbeLine = { kind: 'name', status: 0, text: 'getent 10.0.1.4 STREAM shell1 10.0.1.4 DGRAM 10.0.1.4 RAW' }

describe('nameCheck', () => {
  it.each([
    ['getent of glibc', 'getent 10.0.1.2 STREAM web 10.0.1.2 DGRAM 10.0.1.2 RAW', ['10.0.1.2']],
    ['getent of musl', 'getent 10.0.1.2 web web', ['10.0.1.2']],
    ['getent with IPv6', 'getent fd00::2 STREAM web 10.0.1.2 STREAM', ['fd00::2', '10.0.1.2']],
    [
      'nslookup of busybox',
      `${nslookup} Non-authoritative answer: Name: web Address: 10.0.1.2 Non-authoritative answer:`,
      ['10.0.1.2'],
    ],
    [
      'nslookup of old busybox',
      'nslookup Server: 127.0.0.11 Address 1: 127.0.0.11 Name: web Address 1: 10.0.1.2 web.gnswarm',
      ['10.0.1.2'],
    ],
    [
      'nslookup of BIND',
      'nslookup Server: 127.0.0.11 Address: 127.0.0.11#53 Non-authoritative answer: Name: web Address: 10.0.1.2',
      ['10.0.1.2'],
    ],
    ['/etc/hosts', 'hosts 10.0.1.2', ['10.0.1.2']],
    ['ping', 'ping PING web (10.0.1.2): 56 data bytes 64 bytes from 10.0.1.2: seq=0', ['10.0.1.2']],
    ['ping of iputils', 'ping PING web (10.0.1.2) 56(84) bytes of data.', ['10.0.1.2']],
  ])('reads the addresses that %s gives', (_name, text, addresses) => {
    expect(nameCheck(aLine(text), web, true)).toMatchObject({ result: 'pass', observation: 'ok', addresses, ms: 10 })
  })

  it('says when a name leads to the container’s address on another network', () => {
    const check = nameCheck(aLine('getent 10.0.9.7 STREAM web'), web, true)
    expect(check.result).toBe('pass')
    expect(check.detail).toMatch(/10\.0\.9\.7.*another network/)
  })

  it.each([
    ['wrong-address', 'getent 10.0.1.99 STREAM web', ['10.0.1.99']],
    ['several-addresses', 'getent 10.0.1.99 STREAM web 10.0.1.2 STREAM', ['10.0.1.99', '10.0.1.2']],
  ])('finds a %s', (observation, text, addresses) => {
    const check = nameCheck(aLine(text), web, true)
    expect(check).toMatchObject({ result: 'fail', observation, addresses })
    expect(check.detail).toContain('10.0.1.99')
  })

  it('passes a name whose container’s address is not known', () => {
    const young = aPeer('web', 'tolkewitz', { addresses: [] })
    expect(nameCheck(aLine('getent 10.0.1.99 STREAM web'), young, true).result).toBe('pass')
  })

  const unknown = [
    ['getent', aLine('getent ', { status: 2 })],
    ['busybox’ nslookup', aLine(`${nslookup} ** server can't find web: NXDOMAIN`, { status: 1 })],
    ['old busybox’ nslookup', aLine("nslookup nslookup: can't resolve 'web': Name does not resolve", { status: 1 })],
    ['busybox’ ping', aLine("ping ping: bad address 'web'", { status: 1 })],
    ['iputils’ ping', aLine('ping ping: web: Name or service not known', { status: 2 })],
  ] as const
  it.each(unknown)('takes the no of %s for an unknown name while the resolver knows others', (_name, line) => {
    expect(nameCheck(line, web, true)).toMatchObject({ result: 'fail', observation: 'unknown-name' })
    expect(nameCheck(line, web, undefined)).toMatchObject({ result: 'fail', observation: 'unknown-name' })
  })

  it.each(unknown)(
    'takes the no of %s for a dead resolver where it does not know the asking container',
    (_name, line) => {
      expect(nameCheck(line, web, false)).toMatchObject({ result: 'fail', observation: 'resolver-timeout' })
    },
  )

  it.each([
    ['a lookup that was ended', aLine('getent ', { status: 137 })],
    ['a lookup that took five seconds', aLine('getent ', { status: 2, ms: 5_010 })],
    ['nslookup that says so', aLine('nslookup ;; connection timed out; no servers could be reached', { status: 1 })],
    ['a temporary failure', aLine('ping ping: web: Temporary failure in name resolution', { status: 2 })],
  ])('takes %s for silence, and for an unknown name if the resolver knows others', (_name, line) => {
    expect(nameCheck(line, web, undefined)).toMatchObject({ result: 'fail', observation: 'resolver-timeout' })
    expect(nameCheck(line, web, false)).toMatchObject({ result: 'fail', observation: 'resolver-timeout' })
    expect(nameCheck(line, web, true)).toMatchObject({ result: 'fail', observation: 'unknown-name' })
  })

  it('does not judge what it cannot know', () => {
    expect(nameCheck(aLine('none ', { status: 127 }), web, undefined)).toMatchObject({
      result: 'not-tested',
      observation: 'no-tool',
    })
    const strange = nameCheck(aLine('ping \u001b[31mwhat\u0007', { status: 1 }), web, true)
    expect(strange).toMatchObject({ result: 'not-tested', observation: 'unreadable' })
    expect(strange.detail).toContain('“ping what”')
  })
})

describe('isResolverAlive', () => {
  it('is sure where any name was resolved', () => {
    expect(isResolverAlive([own])).toBe(true)
    expect(isResolverAlive([aLine('getent ', { status: 2 }), aLine('getent 10.0.1.2 STREAM web', { index: 1 })])).toBe(
      true,
    )
  })

  it('is sure of the contrary where not even the own name was', () => {
    const control = { kind: 'name', status: 2, text: 'getent ' } as const
    expect(isResolverAlive([control, aLine('getent ', { status: 2 })])).toBe(false)
    expect(isResolverAlive([{ ...control, status: 137 }])).toBe(false)
  })

  it('does not know without a control, and not from /etc/hosts', () => {
    expect(isResolverAlive([aLine('getent ', { status: 2 })])).toBeUndefined()
    expect(isResolverAlive([{ kind: 'name', status: 0, text: 'hosts 10.0.1.4' }])).toBeUndefined()
    expect(isResolverAlive([{ kind: 'name', status: 127, text: 'none ' }])).toBeUndefined()
  })
})
