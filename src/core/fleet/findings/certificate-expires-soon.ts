import { count } from '../../text/count'
import { certificateName, daysLeft, describeDates, certificatesOf, renewal } from '../certificate-dates'
import type { HostRule } from './host-rule'

const cause = 'certificate-expires-soon'

/** From how many days before its end a certificate is worth a word: renewing it restarts engines, which takes a date. */
const soonDays = 30

/** A certificate that the connection depends on expires soon: then the host cannot be reached any more. */
export const certificateExpiresSoon: HostRule = {
  cause,
  find: (host, evidence) => {
    const seen = certificatesOf(host, evidence)
    if (!seen) return undefined
    const { certificates, target } = seen
    const { now } = evidence
    const soon = certificates
      .filter((certificate) => certificate.validTo >= now && daysLeft(certificate, now) < soonDays)
      .toSorted((a, b) => a.validTo - b.validTo)
    const [first, ...others] = soon
    if (!first) return undefined
    const days = daysLeft(first, now)
    const when = days === 0 ? 'within a day' : `in ${count(days, 'day')}`
    const more = others.length > 0 ? `, and ${count(others.length, 'other certificate')} of its connection soon` : ''
    return {
      cause,
      title: `It can no longer be reached once ${certificateName(first)} expires, ${when}${more}`,
      severity: 'warning',
      evidence: soon.map((certificate) => describeDates(certificate, now)),
      remedy: renewal(soon, target),
    }
  },
}
