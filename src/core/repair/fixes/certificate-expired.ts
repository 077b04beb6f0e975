import { newServerCertificate } from '../server-certificate'
import { fixOf } from './fix'

/** A server certificate that has expired is made anew where the authority’s key is on the host. */
export const certificateExpired = fixOf('certificate-expired', ({ details: { which } }, situation) =>
  which === 'server' ? newServerCertificate(situation, 'certificate-expired') : [],
)
