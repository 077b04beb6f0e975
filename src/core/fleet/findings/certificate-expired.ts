import { certificateName, describeDates, certificatesOf, renewal } from '../certificate-dates'
import type { HostRule } from './host-rule'

const cause = 'certificate-expired'

/** A certificate has expired, and yet the connection works: somebody does not check it. Whoever checks is refused. */
export const certificateExpired: HostRule = {
  cause,
  find: (host, evidence) => {
    const seen = certificatesOf(host, evidence)
    if (!seen) return undefined
    const { certificates, target } = seen
    const { now } = evidence
    const expired = certificates.filter(({ validTo }) => validTo < now)
    const [first, ...others] = expired
    if (!first) return undefined
    const what =
      others.length > 0 ? `${expired.length} certificates of its connection have` : `${certificateName(first)} has`
    return {
      cause,
      title: `It is reached although ${what} expired`,
      severity: 'warning',
      evidence: expired.map((certificate) => describeDates(certificate, now)),
      remedy: `Nobody checks it on this way in; where it is checked, the connection is refused. ${renewal(expired, target)}`,
    }
  },
}
