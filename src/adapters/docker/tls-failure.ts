import { X509Certificate } from 'node:crypto'
import { SwarmNetworksError, type ErrorCode } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'
import { readPeerIdentity } from './peer-certificate'
import { readTlsFiles } from './tls-files'

type TlsEndpoint = Extract<Endpoint, { readonly kind: 'tls' }>

/**
 * Adds to a failed TLS connection what the code alone does not tell: whose certificate it is, for which names and how
 * long, and when our own has expired. Any other error comes back as it is.
 */
export async function describeTlsFailure(
  error: SwarmNetworksError,
  endpoint: TlsEndpoint,
  signal: AbortSignal,
): Promise<SwarmNetworksError> {
  switch (error.code) {
    case 'certificate':
      return extended(error, await theirCertificate(endpoint, signal))
    case 'unauthorized':
      return extended(error, describeOurs(await ourCertificate(endpoint, signal), endpoint))
    case 'unreachable': {
      // Some servers close the connection on a certificate that they refuse, without the alert that would say so.
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
  const { message, host, remedy } = error
  const text = detail === undefined ? message : `${message}. ${detail}`
  const details = { cause: error, ...(host !== undefined && { host }), ...(remedy !== undefined && { remedy }) }
  return new SwarmNetworksError(code, text, details)
}

async function theirCertificate({ host, port }: TlsEndpoint, signal: AbortSignal): Promise<string | undefined> {
  const peer = await readPeerIdentity(host, port, signal)
  if (!peer) return undefined
  const names = peer.names === '' ? 'no names' : peer.names
  return `The certificate there is ${peer.subject}, issued by ${peer.issuer}, for ${names}, valid from ${peer.validFrom} to ${peer.validTo}`
}

async function ourCertificate({ files }: TlsEndpoint, signal: AbortSignal): Promise<X509Certificate | undefined> {
  const { cert } = await readTlsFiles(files, signal)
  return cert && new X509Certificate(cert)
}

function describeOurs(ours: X509Certificate | undefined, { files }: TlsEndpoint): string {
  if (!ours) return 'This host has no client certificate (cert and key) in its TLS files'
  const name = (text: string) => text.replaceAll('\n', ', ')
  const validity = hasExpired(ours)
    ? `it has expired on ${ours.validTo}`
    : `valid from ${ours.validFrom} to ${ours.validTo}`
  return `Ours is ${files.cert}: ${name(ours.subject)}, issued by ${name(ours.issuer)}, ${validity}`
}

function hasExpired({ validTo }: X509Certificate): boolean {
  return Date.parse(validTo) < Date.now()
}
