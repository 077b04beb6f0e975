import { describe, expect, it } from 'vitest'
import type { DiagnosisCause, DiagnosisDetails } from '../../../../../src/core/examine/host/host-diagnosis'
import type { HostFacts } from '../../../../../src/core/examine/host/host-facts'
import type { TlsFacts } from '../../../../../src/core/examine/host/tls-facts'
import { plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import { aHostFacts } from '../../../examine-builders'
import { aFindingOf, aSituation, linesOf } from '../../../repair-builders'
import { noon } from '../../../builders'
import { aCertificate, authority, ourAuthority, someTls } from '../../examine/host/rules/certificates'

const server = aCertificate('server', { names: ['DNS:tolkewitz', 'IP Address:10.0.0.5', 'DNS:a,b'] })
const files: TlsFacts['files'] = [
  { role: 'cert', path: '/etc/docker/server.pem', state: 'there' },
  { role: 'key', path: '/etc/docker/server-key.pem', state: 'there' },
]
const authorityKey = { path: '/etc/docker/ca-key.pem', keyFingerprint: authority.keyFingerprint }
const endpoint = { kind: 'tls', host: 'docker.example.org', port: 2376, files: {} } as const
const target = { id: 't', name: 'tolkewitz', endpoint, source: 'settings', isDisabled: false } as const

function plans<C extends DiagnosisCause>(
  cause: C,
  details: DiagnosisDetails[C],
  over: Partial<TlsFacts> = {},
  facts: Partial<HostFacts> = {},
) {
  const tls = someTls({ certificates: [authority, server], files, authorityKey, ...over })
  return plansFor(aFindingOf(cause, details), aSituation({ target, facts: aHostFacts({ tls, ...facts }) }))
}

const expired = { which: 'server', where: 'host', file: server.file, validTo: 0 } as const
const mismatch = (which: DiagnosisDetails['certificate-mismatch']['which']) =>
  ({ which, where: 'host', file: server.file, other: '' }) as const

describe('a server certificate', () => {
  it('is made anew on the host, for what it held for and the address by which it is reached', () => {
    const [plan] = plans('certificate-expired', expired)
    expect(plan?.title).toContain('for DNS:docker.example.org, DNS:tolkewitz, IP:10.0.0.5, DNS:localhost, IP:127.0.0.1')
    expect(plan?.title).not.toContain('a,b')
    expect(linesOf(plan)[0]).toContain('/etc/docker/ca-key.pem')
    expect(plan?.steps[0]?.check?.title).toBe(
      '/etc/docker/server.pem is signed by /etc/docker/ca.pem and belongs to /etc/docker/server-key.pem',
    )
    expect(plan?.steps[0]?.undo).toBeDefined()
  })

  it('is not made without the authority’s key, with another’s key, or by an authority that has expired itself', () => {
    const withoutKey = someTls({ certificates: [authority, server], files })
    expect(plans('certificate-expired', expired, {}, { tls: withoutKey })).toEqual([])
    const other = { authorityKey: { ...authorityKey, keyFingerprint: 'another' } }
    expect(plans('certificate-expired', expired, other)).toEqual([])
    const old = { certificates: [{ ...authority, validTo: noon - 1 }, server] }
    expect(plans('certificate-expired', expired, old)).toEqual([])
  })

  it('is not made for a client or an authority, nor by an authority that nobody here trusts', () => {
    expect(plans('certificate-expired', { ...expired, which: 'client' })).toEqual([])
    expect(plans('certificate-expired', { ...expired, which: 'ca' })).toEqual([])
    expect(plans('certificate-mismatch', mismatch('client'))).toEqual([])
    expect(plans('certificate-mismatch', mismatch('server'))).toEqual([])
    expect(plans('certificate-mismatch', mismatch('server'), {}, { clientCertificates: [ourAuthority] })).toHaveLength(
      1,
    )
    expect(plans('certificate-mismatch', mismatch('server-key'))).toHaveLength(1)
    expect(plans('certificate-mismatch', mismatch('server-name'))).toHaveLength(1)
  })
})
