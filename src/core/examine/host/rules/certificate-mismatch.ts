import { enumerate } from '../../../text/count'
import { singleLine } from '../../../text/single-line'
import type { Target } from '../../../model/target'
import type { HostDiagnosisOf } from '../host-diagnosis'
import type { HostFacts } from '../host-facts'
import type { CertificateFacts } from '../tls-facts'
import { serverLines } from './certificate-lines'
import type { FactRule } from './fact-rule'

/** Certificates that do not belong together: a key to another certificate, or one that another authority signed. */
export const certificateMismatch: FactRule<'certificate-mismatch'> = {
  cause: 'certificate-mismatch',
  find: ({ facts, target }) => {
    const lines = serverLines(facts, target)
    const server = [...serverKey(facts), ...serverName(facts, target), ...serverAuthority(facts)]
    return [...server.map((finding) => ({ ...finding, ...lines })), ...clientAuthority(facts)]
  },
}

type Findings = readonly HostDiagnosisOf<'certificate-mismatch'>[]

function serverKey({ tls }: HostFacts): Findings {
  const key = tls.files.find(({ role }) => role === 'key')
  const server = tls.certificates.find(({ role }) => role === 'server')
  if (key?.keyFingerprint === undefined || server === undefined || key.keyFingerprint === server.keyFingerprint)
    return []
  return [
    {
      cause: 'certificate-mismatch',
      title: `The server key ${key.path} does not belong to the server certificate`,
      severity: 'error',
      evidence: [
        `The public half of ${key.path} has the SHA-256 ${key.keyFingerprint.slice(0, 16)}….`,
        `${server.file} (${server.subject}) is for ${server.keyFingerprint.slice(0, 16)}….`,
      ],
      remedy:
        'Put the pair that belongs together in place, then restart the engine; docker-machine regenerate-certs makes a new one.',
      details: { which: 'server-key', where: 'host', file: key.path, other: server.file },
    },
  ]
}

/** Whether the certificate is for the address by which this machine reaches the engine. */
function serverName({ tls }: HostFacts, target: Target | undefined): Findings {
  const server = tls.certificates.find(({ role }) => role === 'server')
  const ways = target === undefined ? [] : [target.endpoint, ...(target.otherEndpoints ?? [])]
  const wrong = ways.find(
    (way) => way.kind === 'tls' && way.files.skipVerify !== true && server !== undefined && !holdsFor(server, way.host),
  )
  if (server === undefined || wrong?.kind !== 'tls') return []
  const names = server.names.map((name) => singleLine(name, 100))
  return [
    {
      cause: 'certificate-mismatch',
      title: `The server certificate is not for ${singleLine(wrong.host)}, by which the engine is reached`,
      severity: 'error',
      evidence: [
        names.length === 0
          ? `${server.file} names no address at all.`
          : `${server.file} is for ${enumerate(names, 10)}.`,
      ],
      remedy: `Make a new server certificate that names ${singleLine(wrong.host)}, and restart the engine; or reach the engine by a name that is in it. docker-machine regenerate-certs does the first for its machines.`,
      details: { which: 'server-name', where: 'host', file: server.file, other: wrong.host },
    },
  ]
}

/** As Node and Go match them: an address by its own, a name with one star for one label (RFC 6125). */
function holdsFor({ names }: CertificateFacts, host: string): boolean {
  const wanted = host.toLowerCase()
  return names.some((name) => {
    const bare = name.replace(/^(?:DNS|IP Address):/, '').toLowerCase()
    if (bare === wanted) return true
    return name.startsWith('DNS:*.') && wanted.slice(wanted.indexOf('.')) === bare.slice(1)
  })
}

/** Whether the server's certificate leads to an authority that our side trusts. */
function serverAuthority({ tls, clientCertificates }: HostFacts): Findings {
  const server = tls.certificates.filter(({ role }) => role === 'server')
  const trusted = clientCertificates.filter(({ role }) => role === 'client-authority')
  const [leaf] = server
  const [authority] = trusted
  if (leaf === undefined || authority === undefined || isSignedByOneOf(server, trusted)) return []
  return [
    {
      cause: 'certificate-mismatch',
      title: 'The authority that this machine trusts did not sign the server’s certificate',
      severity: 'error',
      evidence: [shown(leaf), `Here ${authority.file} has ${authority.subject}.`],
      remedy:
        'Make a new server certificate with that authority: docker-machine regenerate-certs does so for its machines, and restarts the engine. Or trust the other authority here.',
      details: { which: 'server', where: 'host', file: leaf.file, other: authority.file },
    },
  ]
}

/** Whether our certificate leads to an authority that the engine asks for. */
function clientAuthority({ tls, clientCertificates }: HostFacts): Findings {
  const client = clientCertificates.filter(({ role }) => role === 'client')
  const trusted = tls.certificates.filter(({ role }) => role === 'server-authority')
  const [leaf] = client
  const [authority] = trusted
  if (!tls.isVerifying || leaf === undefined || authority === undefined || isSignedByOneOf(client, trusted)) return []
  return [
    {
      cause: 'certificate-mismatch',
      title: 'The authority that the engine trusts did not sign this machine’s client certificate',
      severity: 'error',
      evidence: [shown(leaf), `At the host ${authority.file} has ${authority.subject}.`],
      remedy:
        'Use the client certificate that belongs to that host, or give the engine the authority that signed this one.',
      details: { which: 'client', where: 'here', file: leaf.file, other: authority.file },
    },
  ]
}

function isSignedByOneOf(chain: readonly CertificateFacts[], authorities: readonly CertificateFacts[]): boolean {
  const prints = new Set(authorities.map(({ fingerprint }) => fingerprint))
  return chain.some(
    ({ signedBy, fingerprint }) => prints.has(fingerprint) || signedBy.some((print) => prints.has(print)),
  )
}

function shown({ file, subject, issuer }: CertificateFacts): string {
  return `${file} is ${subject}, signed by ${issuer}.`
}
