import { describe, expect, it } from 'vitest'
import { evaluateExec, type ProbeExit } from '../../../../src/core/connectivity/evaluate-exec'
import { buildProbeScripts } from '../../../../src/core/connectivity/probe-script'
import { askableName, probeTarget } from '../../../../src/core/connectivity/probe-target'
import type { Peer } from '../../../../src/core/connectivity/types'
import { aPeer } from '../../builders'
import { omit } from '../../omit'

const shell1 = aPeer('shell1', 'miltitz', { address: '10.0.1.5' })
const web = aPeer('web', 'tolkewitz', {
  address: '10.0.1.2',
  addresses: [{ address: '10.0.1.2', network: 'gnswarm' }],
  ports: [
    { privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '0.0.0.0' },
    { privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress: '::' },
    { privatePort: 53, protocol: 'udp' },
  ],
})

function evaluate(exit: Partial<ProbeExit>, targets: readonly Peer[] = [web]) {
  const script = buildProbeScripts({
    ownName: 'shell1',
    targets: targets.map((to, index) => probeTarget(index, to, { hasNames: true })),
  })[0]!
  const source = { from: shell1, targets: new Map(targets.entries()), script }
  return evaluateExec(source, { exitCode: 0, stdout: '', stderr: '', ...exit })
}

const print = (...lines: readonly (readonly string[])[]) =>
  lines.map((fields) => ['@probe', ...fields].join('\t')).join('\n')
const own = ['-', 'name', '-', '0', '10', 'getent 10.0.1.5 STREAM shell1']
const end = ['-', 'end', '-', '0', '', '']
const good = [
  ['0', 'name', '-', '0', '10', 'getent 10.0.1.2 STREAM web'],
  ['0', 'icmp', '-', '0', '', '1 packets transmitted, 1 packets received time=0.5 ms'],
  ['0', 'tcp', '80', '0', '10', 'nc '],
  ['0', 'http', '80', '0', '10', 'HTTP/1.1 200 OK'],
]

describe('evaluateExec', () => {
  it('gives every target all its checks, in their order', () => {
    const [pair] = evaluate({ stdout: print(own, ...good.toReversed(), end) })
    expect(pair).toMatchObject({ from: shell1, to: web, result: 'pass' })
    expect(pair!.checks.map(({ kind, result, port }) => [kind, result, port])).toEqual([
      ['target', 'pass', undefined],
      ['name', 'pass', undefined],
      ['icmp', 'pass', undefined],
      ['tcp', 'pass', 80],
      ['http', 'pass', 80],
    ])
  })

  it('adds the check of full-size packets where the script made it', () => {
    const mtu = ['0', 'mtu', '-', '1', '', '1450 3 packets transmitted, 0 packets received']
    const [pair] = evaluate({ stdout: print(own, ...good, mtu, end) })
    expect(pair).toMatchObject({ result: 'fail', reason: 'Packets of 1450 bytes are lost, small ones pass' })
    expect(pair!.checks.map(({ kind }) => kind)).toEqual(['target', 'name', 'icmp', 'mtu', 'tcp', 'http'])
  })

  it('does not test what the script did not get to', () => {
    const [pair] = evaluate({ exitCode: 137, stdout: print(own, good[0]!) })
    expect(pair!.result).toBe('not-tested')
    expect(pair!.checks.slice(2).map(({ kind, result, detail }) => [kind, result, detail])).toEqual([
      ['icmp', 'not-tested', 'The probe ran out of time'],
      ['tcp', 'not-tested', 'The probe ran out of time'],
    ])
  })

  it('keeps what was heard before an interruption', () => {
    const other = aPeer('other', 'lindenau')
    const [first, second] = evaluate({ stdout: print(...good), interruption: 'the connection was lost' }, [web, other])
    expect(first!.result).toBe('pass')
    expect(second).toMatchObject({ result: 'not-tested', reason: 'the connection was lost' })
    expect(evaluate({ interruption: 'miltitz: gone' })[0]).toMatchObject({ reason: 'miltitz: gone', checks: [] })
  })

  it.each([
    ['has no shell', { exitCode: 127, stdout: 'OCI runtime exec failed: "sh": executable file not found in $PATH' }],
    ['has no shell', { exitCode: 126 }],
    ['was killed', { exitCode: 137 }],
    ['status 2: “sh: syntax error”', { exitCode: 2, stderr: 'sh: syntax error\n' }],
    ['status 0 and said nothing', { exitCode: 0 }],
  ])('says that the source %s', (reason, exit) => {
    const [pair] = evaluate(exit)
    expect(pair).toMatchObject({ result: 'not-tested', checks: [] })
    expect(pair!.reason).toContain(reason)
  })

  it('says what is not asked: a name that is none, an address that is not known, ports beyond the bound', () => {
    const strange = aPeer('a;b', 'lindenau', { address: '10.0.1.9' })
    const young = omit(aPeer('young', 'lindenau'), 'address')
    const many = aPeer('many', 'lindenau', {
      ports: Array.from({ length: 20 }, (_, i) => ({ privatePort: 5_000 + i, protocol: 'tcp' })),
    })
    const details = evaluate({ stdout: print(own, end) }, [strange, young, many]).map(({ checks }) =>
      checks.map(({ detail }) => detail),
    )
    expect(details[0]).toContain('The name a;b is not asked for on this network')
    expect(details[1]).toContain('The address of young is not known yet')
    expect(details[2]).toContain('4 more exposed TCP ports are not tested')
  })
})

describe('askableName', () => {
  it.each(['web', 'web.1.abc', 'my_db-2', 'W'])('takes %s', (name) => expect(askableName(name)).toBe(name))
  it.each(['', '-rf', 'a b', 'a;b', '$(id)', 'ä', 'a\nb', '.x', 'a'.repeat(254)])('refuses %j', (name) =>
    expect(askableName(name)).toBeUndefined(),
  )
})
