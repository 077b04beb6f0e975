import { readFile } from 'node:fs/promises'
import tls from 'node:tls'

/** Where Linux and BSD systems keep their authorities, as Go looks for them (crypto/x509, root_linux.go, root_bsd.go). */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Since Node 22.15; the types are those of the oldest Node that is supported. */
type CertificateStores = typeof tls & { readonly getCACertificates?: (kind: 'default' | 'system') => readonly string[] }

/**
 * The authorities that a server is checked against where no CA file is named: the system's, as for the docker command
 * line, and Node's own. Undefined where the system's cannot be read from here (macOS and Windows before Node 22.15): then
 * Node's are used, to which VS Code adds the system's by itself.
 *
 * @param machine what the operating system is, and `SSL_CERT_FILE` (OpenSSL) and `NODE_EXTRA_CA_CERTS` (Node)
 */
export async function systemAuthorities(
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'>,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { getCACertificates, rootCertificates } = tls as CertificateStores
  if (platform === 'win32' || platform === 'darwin')
    return getCACertificates && unique([...getCACertificates('default'), ...getCACertificates('system')])
  const { SSL_CERT_FILE: named = '', NODE_EXTRA_CA_CERTS: extra = '' } = env
  const pems = await Promise.all([
    firstOf(named === '' ? bundles : [named], signal),
    firstOf(extra === '' ? [] : [extra], signal),
  ])
  return unique([...rootCertificates, ...pems.flatMap(split)])
}

async function firstOf(paths: readonly string[], signal: AbortSignal): Promise<string> {
  for (const path of paths) {
    const text = await readPem(path, signal)
    if (text !== '') return text
  }
  return ''
}

async function readPem(path: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(path, { encoding: 'latin1', signal })
  } catch {
    // Each system has one of them; a server that none of the others vouches for is refused with its name.
    return ''
  }
}

function split(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []
}

function unique(certificates: readonly string[]): readonly string[] {
  return [...new Map(certificates.map((pem) => [pem.replace(/\s/g, ''), pem])).values()]
}
