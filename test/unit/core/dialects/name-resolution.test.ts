import { describe, expect, it } from 'vitest'
import { explainNamesOf, explainNamesOn, nameServiceOf } from '../../../../src/core/dialects/name-resolution'

const on = (...names: readonly string[]) => names.map((networkName) => ({ networkName }))

describe('nameServiceOf', () => {
  it.each([
    ['1.9.1', 'hosts-file'],
    ['1.9.0-rc1', 'hosts-file'],
    ['1.10.0', 'embedded-dns'],
    ['1.12.6', 'embedded-dns'],
    ['17.03.2-ce', 'embedded-dns'],
    ['20.10.24+dfsg1', 'embedded-dns'],
    ['29.0.1', 'embedded-dns'],
    ['swarm/1.2.9', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %s is %s', (version, service) => {
    expect(nameServiceOf(version)).toBe(service)
  })
})

describe('explainNamesOf', () => {
  it('tells the engines up to 1.9 from the newer ones', () => {
    expect(explainNamesOf(on('gnswarm'), '1.9.1')).toMatch(/^entries in each container’s \/etc\/hosts/)
    expect(explainNamesOf(on('bridge', 'gnswarm'), '1.10.3')).toContain('127.0.0.11')
  })

  it('knows where there are none', () => {
    expect(explainNamesOf(on('bridge'), '20.10.24')).toContain('none of other containers')
    expect(explainNamesOf(on('host'), '20.10.24')).toContain('the host itself')
    expect(explainNamesOf(on('none'), '20.10.24')).toContain('no network')
    expect(explainNamesOf([], '20.10.24')).toBeUndefined()
    expect(explainNamesOf(on('gnswarm'), undefined)).toBeUndefined()
  })
})

describe('explainNamesOn', () => {
  const engines = [
    { host: 'tolkewitz', version: '1.9.1' },
    { host: 'lindenau', version: '26.1.5' },
    { host: 'silent', version: undefined },
  ]

  it('names the hosts only where they differ', () => {
    expect(explainNamesOn(engines.slice(1))).toMatch(/^the engine’s own DNS server, at 127\.0\.0\.11/)
    expect(explainNamesOn(engines.slice(0, 1))).toMatch(/^entries in each/)
    expect(explainNamesOn(engines)).toMatch(/^on tolkewitz entries in .*; on lindenau the engine’s own DNS server/)
    expect(explainNamesOn(engines.slice(2))).toBeUndefined()
  })
})
