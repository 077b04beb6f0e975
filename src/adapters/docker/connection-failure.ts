import type { ErrorCode } from '../../core/errors'

/** What a failed connection means: the code, what happened as half a sentence, and what to do next. */
export interface Explanation {
  readonly code: ErrorCode
  readonly reason: string
  readonly remedy?: string
}

const startEngine = 'Check that the Docker engine runs there: systemctl status docker'
const checkNetwork = 'Check the address, and that this machine can reach it.'
const useCertificates = 'Check the CA certificate in the TLS files of this host, and the name and port in its URL.'
const useClientCertificate =
  'The engine wants a client certificate that its CA signed: check cert and key in the TLS files of this host.'

/** By the `code` that Node gives an error of a socket, a name lookup or TLS (errno(3), getaddrinfo(3), Node's tls). */
const explanations: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: { code: 'unreachable', reason: 'nothing listens there', remedy: startEngine },
  ENOENT: { code: 'socket-missing', reason: 'there is no such socket', remedy: startEngine },
  ENOTSOCK: { code: 'socket-missing', reason: 'that is not a socket', remedy: 'Check the path.' },
  EACCES: {
    code: 'permission-denied',
    reason: 'this user may not use the socket',
    remedy:
      'Add your user to the docker group (sudo usermod -aG docker $USER), then log in again, or use a host entry with ssh:// or TLS.',
  },
  ENOTFOUND: { code: 'unreachable', reason: 'the host name is not known', remedy: 'Check the name.' },
  EAI_AGAIN: { code: 'unreachable', reason: 'the name server did not answer', remedy: 'Check your network.' },
  ETIMEDOUT: { code: 'timeout', reason: 'nothing answered in time', remedy: checkNetwork },
  EHOSTUNREACH: { code: 'unreachable', reason: 'the host cannot be reached', remedy: checkNetwork },
  ENETUNREACH: { code: 'unreachable', reason: 'the network cannot be reached', remedy: checkNetwork },
  EHOSTDOWN: { code: 'unreachable', reason: 'the host is down', remedy: checkNetwork },
  ECONNRESET: { code: 'unreachable', reason: 'the connection was lost', remedy: startEngine },
  ERR_STREAM_PREMATURE_CLOSE: { code: 'unreachable', reason: 'the connection was lost', remedy: startEngine },
  EPIPE: { code: 'unreachable', reason: 'the connection was lost', remedy: startEngine },
  EPROTO: {
    code: 'protocol',
    reason: 'that port does not speak TLS as expected',
    remedy: 'Where the engine listens without TLS, take the TLS files out of this host.',
  },
  CERT_HAS_EXPIRED: {
    code: 'certificate',
    reason: "the engine's certificate, or its authority's, has expired",
    remedy: 'Renew the one that has expired; until then, compare the clock of this machine.',
  },
  CERT_NOT_YET_VALID: {
    code: 'certificate',
    reason: "the engine's certificate, or its authority's, is not valid yet",
    remedy: 'Compare the clocks of both machines.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'certificate',
    reason: "the engine's certificate is for another name",
    remedy: 'Use a name or an address that the certificate carries, or renew it with this one.',
  },
}

/** Codes of an authority that is not trusted; OpenSSL has several (x509_vfy(3)). */
const untrusted: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
]

/**
 * TLS alerts that refuse our certificate (RFC 8446, 6.2), as OpenSSL (Node) and BoringSSL (Electron) name them; the latter
 * leaves ALERT out in one.
 */
const refusedCertificate =
  /^ERR_SSL_(.*ALERT_(BAD_CERTIFICATE|CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERT|ACCESS_DENIED)|TLSV1_CERTIFICATE_REQUIRED)/

/** Explains an error of the connection itself by its Node code, or gives undefined for an error that is not one. */
export function explainConnectionFailure(error: unknown): Explanation | undefined {
  const code = nodeCode(error)
  if (code === undefined) return undefined
  if (code === 'EPERM') return explanations['EACCES']
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return explanations['EPROTO']
  if (untrusted.includes(code))
    return { code: 'certificate', reason: `the engine's certificate is not trusted (${code})`, remedy: useCertificates }
  if (refusedCertificate.test(code))
    return {
      code: 'unauthorized',
      reason: `the engine refused our certificate (${code})`,
      remedy: useClientCertificate,
    }
  if (code.startsWith('ERR_SSL_'))
    return { code: 'protocol', reason: `TLS failed (${code})`, remedy: 'Check the TLS files of this host.' }
  if (code.startsWith('HPE_'))
    return { code: 'protocol', reason: 'the answer is not HTTP', remedy: 'Check that this is the port of an engine.' }
  return explanations[code]
}

/** The `code` of a Node error, or that of the first error that several connection attempts gave together. */
export function nodeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? nodeCode(error.errors[0]) : undefined
}
