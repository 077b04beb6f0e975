import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { SwarmNetworksError } from '../../core/errors'
import type { TlsFiles } from '../../core/model/target'
import { nodeCode } from './connection-failure'

/** What the TLS files of a host hold. */
export interface TlsMaterial {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
}

const remedy = 'Correct the TLS files of this host.'

/**
 * Reads the PEM files of a TLS endpoint and checks that they fit together.
 * @throws `invalid-input` that names the file: missing, not readable, no PEM, or a key that belongs to another certificate.
 */
export async function readTlsFiles(files: TlsFiles, signal: AbortSignal): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all([
    files.ca === undefined ? undefined : readPem('CA certificate', files.ca, signal),
    files.cert === undefined ? undefined : readPem('client certificate', files.cert, signal),
    files.key === undefined ? undefined : readPem('client key', files.key, signal),
  ])
  if ((cert === undefined) !== (key === undefined)) {
    const [has, lacks] = cert === undefined ? ['key', 'cert'] : ['cert', 'key']
    throw new SwarmNetworksError('invalid-input', `The TLS files name a ${has} but no ${lacks}`, { remedy })
  }
  if (ca) parse(`The CA certificate ${files.ca}`, () => new X509Certificate(ca))
  if (cert) parse(`The client certificate ${files.cert}`, () => new X509Certificate(cert))
  if (key) parse(`The client key ${files.key}`, () => createPrivateKey(key))
  if (cert && key) assertPair(new X509Certificate(cert), { key, files })
  const material = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  parse('What the TLS files hold', () => createSecureContext(material))
  return material
}

async function readPem(what: string, path: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readFile(path, { signal })
  } catch (error) {
    const code = nodeCode(error)
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(error)})`
    throw new SwarmNetworksError('invalid-input', `The ${what} ${path} ${reason}`, { remedy, cause: error })
  }
}

function assertPair(certificate: X509Certificate, { key, files }: { key: Buffer; files: TlsFiles }): void {
  if (certificate.checkPrivateKey(createPrivateKey(key))) return
  throw new SwarmNetworksError('invalid-input', `The client key ${files.key} does not belong to ${files.cert}`, {
    remedy,
  })
}

function parse(what: string, read: () => unknown): void {
  try {
    read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SwarmNetworksError('invalid-input', `${what} cannot be used (${reason})`, { remedy, cause: error })
  }
}
