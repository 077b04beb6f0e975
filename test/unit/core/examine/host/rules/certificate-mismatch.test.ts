import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

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
})
