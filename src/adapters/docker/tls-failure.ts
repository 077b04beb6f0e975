import { X509Certificate } from 'node:crypto'
import { SwarmNetworksError, type ErrorCode } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'
import { stripControl } from '../../core/text/sanitize'
import { nodeCode } from './connection-failure'
import { readPeerChain } from './peer-certificate'
import { certificatesIn, nameText } from './tls-certificates'
import { readAuthorities, readClientCertificate } from './tls-files'

type TlsEndpoint = Extract<Endpoint, { readonly kind: 'tls' }>

/** What Node says of a connection that was made and then closed by the other side. */
const lostCodes: readonly string[] = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']

/**
 * Adds to a failed TLS connection what the code alone does not tell: whose certificate it is, for which names and how
 * long, which one of several has expired, and whether ours has. Any other error comes back as it is.
 */
export async function describeTlsFailure(
  error: SwarmNetworksError,
  endpoint: TlsEndpoint,
  signal: AbortSignal,
): Promise<SwarmNetworksError> {
  // Said by our own check of the files, before anything was sent.
  if (error.cause instanceof SwarmNetworksError) return error
  switch (error.code) {
    case 'certificate':
      return extended(error, await theirCertificates(endpoint, signal))
    case 'unauthorized':
      return extended(error, describeOurs(await ourCertificate(endpoint, signal), endpoint))
    case 'unreachable': {
      // Some servers close the connection on a certificate that they refuse, without the alert that would say so. Where
      // no connection was made, no certificate was looked at.
      if (!lostCodes.includes(nodeCode(error.cause) ?? '')) return error
      const ours = await ourCertificate(endpoint, signal)
      return ours && hasExpired(ours) ? extended(error, describeOurs(ours, endpoint), 'unauthorized') : error
    }
    default:
      return error
  }
}

function extended(
  error: SwarmNetworksError,
  detail: string | undefined,
  code: ErrorCode = error.code,
): SwarmNetworksError {
  return error.changed({ code, message: detail === undefined ? error.message : `${error.message}. ${detail}` })
}

/** The server's certificate, and what of the authorities above it has expired. */
async function theirCertificates({ host, port, files }: TlsEndpoint, signal: AbortSignal): Promise<string | undefined> {
  const [[server, ...above], ca] = await Promise.all([
    readPeerChain(host, port, signal),
    readAuthorities(files, signal),
  ])
  if (!server) return undefined
  const names = server.subjectAltName === undefined ? 'no names' : stripControl(server.subjectAltName)
  const own = `The certificate there is ${nameText(server.subject)}, issued by ${nameText(server.issuer)}, for ${names}, ${validity(server)}`
  const authorities = [
    ...above.map((certificate) => ({ certificate, place: 'which the engine shows' })),
    ...(ca === undefined ? [] : certificatesIn(ca)).map((certificate) => ({ certificate, place: `in ${files.ca}` })),
  ]
  const expired = authorities
    .filter(({ certificate }) => hasExpired(certificate))
    .map(
      ({ certificate, place }) =>
        `the authority's ${nameText(certificate.subject)}, ${place}, has expired on ${certificate.validTo}`,
    )
  return [own, ...expired].join('; ')
}

async function ourCertificate({ files }: TlsEndpoint, signal: AbortSignal): Promise<X509Certificate | undefined> {
  const cert = await readClientCertificate(files, signal)
  return cert && new X509Certificate(cert)
}

function describeOurs(ours: X509Certificate | undefined, { files }: TlsEndpoint): string {
  if (!ours) return 'This host has no client certificate (cert and key) in its TLS files'
  return `Ours is ${files.cert}: ${nameText(ours.subject)}, issued by ${nameText(ours.issuer)}, ${validity(ours)}`
}

function validity(certificate: X509Certificate): string {
  return hasExpired(certificate)
    ? `it has expired on ${certificate.validTo}`
    : `valid from ${certificate.validFrom} to ${certificate.validTo}`
}

function hasExpired({ validTo }: X509Certificate): boolean {
  return Date.parse(validTo) < Date.now()
}
