import { describe, expect, it } from 'vitest'
import { causesIn, foundIn, only } from './found-by'

import { aCertificate, authority, ourAuthority, someTls } from './certificates'

const client = aCertificate('client', { file: '/home/u/cert.pem' })

describe('certificate-mismatch', () => {
  it('is not there where all belong together', () => {
    expect(causesIn({ tls: someTls(), clientCertificates: [ourAuthority, client] })).toEqual([])
  })

  it('tells a key of another certificate', () => {
    const tls = someTls({ certificates: [authority, aCertificate('server', { keyFingerprint: 'another' })] })
    expect(only('certificate-mismatch', { tls }).details).toMatchObject({ which: 'server-key', where: 'host' })
  })

  it('tells a server whose authority nobody here trusts', () => {
    const other = { ...ourAuthority, fingerprint: 'print-other' }
    const found = only('certificate-mismatch', { tls: someTls(), clientCertificates: [other] })
    expect(found.details).toMatchObject({ which: 'server', other: '/home/u/ca.pem' })
  })

  it('tells a client whose authority the engine does not trust', () => {
    const stranger = { ...client, signedBy: ['print-other'] }
    const found = only('certificate-mismatch', { tls: someTls(), clientCertificates: [ourAuthority, stranger] })
    expect(found.details).toMatchObject({ which: 'client', where: 'here', file: '/home/u/cert.pem' })
    const open = someTls({ isVerifying: false })
    expect(causesIn({ tls: open, clientCertificates: [ourAuthority, stranger] })).toEqual([])
  })

  it.each([
    ['10.0.0.5', []],
    ['docker.example.org', []],
    ['tolkewitz', []],
    ['10.0.0.6', ['server-name']],
    ['a.b.example.org', ['server-name']],
  ])('knows whether the server’s is for %s', (host, which) => {
    const server = aCertificate('server', { names: ['DNS:*.example.org', 'DNS:Tolkewitz', 'IP Address:10.0.0.5'] })
    const endpoint = { kind: 'tls', host, port: 2376, files: {} } as const
    const target = { id: 't', name: 't', endpoint, source: 'settings', isDisabled: false } as const
    const tls = someTls({ certificates: [authority, server] })
    const found = foundIn({ tls, clientCertificates: [ourAuthority, client] }, target)
    expect(found.map(({ details }) => ('which' in details ? details.which : ''))).toEqual(which)
  })

  it('says how a server’s is made by hand', () => {
    const files = [
      { role: 'cert', path: '/etc/docker/server.pem', state: 'there' },
      { role: 'key', path: '/etc/docker/server-key.pem', state: 'there', keyFingerprint: 'another' },
    ] as const
    const { byHand } = only('certificate-mismatch', { tls: someTls({ files }) })
    expect(byHand?.[1]).toContain('openssl req -new -key /etc/docker/server-key.pem')
    expect(byHand?.at(-2)).toBe('cat server.pem >/etc/docker/server.pem')
  })
})
