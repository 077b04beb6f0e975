import type { CertificateFacts, TlsFacts } from '../../../../../../src/core/examine/host/tls-facts'
import { noon } from '../../../../builders'

const year = 365 * 86_400_000

export function aCertificate(role: CertificateFacts['role'], over: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    role,
    file: `/etc/docker/${role}.pem`,
    subject: `CN=${role}`,
    issuer: 'CN=authority',
    validFrom: noon - year,
    validTo: noon + year,
    fingerprint: `print-${role}`,
    keyFingerprint: `key-${role}`,
    names: [],
    signedBy: ['print-authority'],
    ...over,
  }
}

/** The same authority on both sides. */
export const authority = aCertificate('server-authority', {
  file: '/etc/docker/ca.pem',
  fingerprint: 'print-authority',
})
export const ourAuthority = aCertificate('client-authority', { file: '/home/u/ca.pem', fingerprint: 'print-authority' })

export function someTls(over: Partial<TlsFacts> = {}): TlsFacts {
  return {
    isUsed: true,
    isVerifying: true,
    files: [{ role: 'key', path: '/etc/docker/server-key.pem', state: 'there', keyFingerprint: 'key-server' }],
    certificates: [authority, aCertificate('server')],
    ...over,
  }
}
