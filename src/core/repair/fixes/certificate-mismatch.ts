import type { RepairSituation } from '../situation'
import { newServerCertificate } from '../server-certificate'
import { fixOf } from './fix'

/**
 * A server certificate that is not for the engine’s key, or not for the address by which it is reached, is made anew where
 * the authority’s key is on the host. One that our side does not trust only where that authority is the one we trust.
 */
export const certificateMismatch = fixOf('certificate-mismatch', ({ details: { which } }, situation) => {
  if (which === 'client' || (which === 'server' && !isTrustedHere(situation))) return []
  return newServerCertificate(situation, 'certificate-mismatch')
})

function isTrustedHere({ facts }: RepairSituation): boolean {
  const ours = facts.clientCertificates.filter(({ role }) => role === 'client-authority')
  return facts.tls.certificates.some(
    ({ role, fingerprint }) =>
      role === 'server-authority' && ours.some((authority) => authority.fingerprint === fingerprint),
  )
}
