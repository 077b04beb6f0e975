import type { SeenCertificate } from '../model/certificate'
import type { Host } from '../model/host'
import type { Target } from '../model/target'
import { count } from '../text/count'
import type { HostEvidence } from './findings/host-rule'

/** What was seen on the way in to a target. */
export interface SeenAt {
  readonly target: Target
  readonly certificates: readonly SeenCertificate[]
}

const dayMs = 24 * 60 * 60 * 1000

/** What a certificate is to a person. */
const names: Readonly<Record<SeenCertificate['role'], string>> = {
  server: "the engine's certificate",
  client: 'our client certificate',
  authority: "the authority's certificate",
}

/** The certificates of the way in to a host, and the target that it leads to; undefined for a host without a target. */
export function certificatesOf(host: Host, { snapshots }: HostEvidence): SeenAt | undefined {
  const snapshot = snapshots.find(({ target }) => target.id === host.id)
  return snapshot && { target: snapshot.target, certificates: snapshot.certificates ?? [] }
}

/** Whole days until a certificate expires. */
export function daysLeft({ validTo }: SeenCertificate, now: number): number {
  return Math.floor((validTo - now) / dayMs)
}

/** As it stands in a sentence. */
export function certificateName({ role }: SeenCertificate): string {
  return names[role]
}

/** One sentence: which certificate, from where, until when, how long that is. */
export function describeDates(certificate: SeenCertificate, now: number): string {
  const { subject, issuer, validTo, file } = certificate
  const [first = '', ...rest] = certificateName(certificate)
  const place = file === undefined ? '' : `, in ${file}`
  const date = new Date(validTo).toISOString().slice(0, 10)
  const validity =
    validTo < now
      ? `expired on ${date}, ${count(Math.floor((now - validTo) / dayMs), 'day')} ago`
      : `expires on ${date}, with ${count(daysLeft(certificate, now), 'day')} left`
  return `${first.toUpperCase()}${rest.join('')} (${subject}, issued by ${issuer}${place}) ${validity}.`
}

/** What renews these certificates, for whoever set the host up that way. */
export function renewal(
  certificates: readonly SeenCertificate[],
  { name, source }: Pick<Target, 'name' | 'source'>,
): string {
  const roles = new Set(certificates.map(({ role }) => role))
  const makesAll = roles.has('authority') || roles.has('client')
  if (source === 'docker-machine')
    return makesAll
      ? `docker-machine regenerate-certs --client-certs ${name} makes a new authority and client certificate; then every other machine needs docker-machine regenerate-certs too. Each engine is restarted by it.`
      : `docker-machine regenerate-certs ${name} makes a new one; the engine is restarted by it.`
  if (roles.has('authority'))
    return 'Make a new authority, and with it new certificates for the engine and for this client: all that it signed ends with it. Name the new files in dockerd’s options and in this host’s TLS files, then restart the engine.'
  return [
    ...(roles.has('server')
      ? [
          'Have the authority issue a new certificate for the engine, put it where dockerd’s --tlscert points to, and restart the engine.',
        ]
      : []),
    ...(roles.has('client')
      ? ['Have the authority issue a new client certificate, and put it in the place of the old file.']
      : []),
  ].join(' ')
}
