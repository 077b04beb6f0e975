import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { SwarmNetworksError } from '../../core/errors'
import type { TlsFiles } from '../../core/model/target'
import { nodeCode } from './connection-failure'
import { isEncryptedKey, type UnlockedTlsKeys } from './tls-key'

/** What the TLS files of a host hold. */
export interface TlsMaterial {
  readonly ca?: Buffer
  readonly cert?: Buffer
  /** Without a passphrase, also where the file has one. */
  readonly key?: Buffer
}

const remedy = 'Correct the TLS files of this host.'

/**
 * Reads the PEM files of a TLS endpoint and checks that they fit together.
 * @param keys asks for the passphrase of a client key that has one
 * @throws `invalid-input` that names the file: missing, not readable, no PEM, or a key that belongs to another certificate;
 * `unauthorized` where the client key stays locked.
 */
export async function readTlsFiles(files: TlsFiles, keys: UnlockedTlsKeys, signal: AbortSignal): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all([
    readAuthorities(files, signal),
    readClientCertificate(files, signal),
    files.key === undefined ? undefined : readPem('client key', files.key, signal),
  ])
  if ((cert === undefined) !== (key === undefined)) {
    const [has, lacks] = cert === undefined ? ['key', 'cert'] : ['cert', 'key']
    throw new SwarmNetworksError('invalid-input', `The TLS files name a ${has} but no ${lacks}`, { remedy })
  }
  if (ca) parse(`The CA certificate ${files.ca}`, () => new X509Certificate(ca))
  if (cert) parse(`The client certificate ${files.cert}`, () => new X509Certificate(cert))
  const opened = key && (await openKey(key, { path: files.key ?? '', keys, signal }))
  if (cert && opened) assertPair(new X509Certificate(cert), { key: opened, files })
  const plainKey = opened && Buffer.from(opened.export({ format: 'pem', type: 'pkcs8' }))
  const material = { ...(ca && { ca }), ...(cert && { cert }), ...(plainKey && { key: plainKey }) }
  parse('What the TLS files hold', () => createSecureContext(material))
  return material
}

/** The CA certificates alone; undefined where the files name none. */
export async function readAuthorities({ ca }: TlsFiles, signal: AbortSignal): Promise<Buffer | undefined> {
  return ca === undefined ? undefined : readPem('CA certificate', ca, signal)
}

/** Our certificate alone, without its key; undefined where the files name none. */
export async function readClientCertificate({ cert }: TlsFiles, signal: AbortSignal): Promise<Buffer | undefined> {
  return cert === undefined ? undefined : readPem('client certificate', cert, signal)
}

async function openKey(
  pem: Buffer,
  { path, keys, signal }: { readonly path: string; readonly keys: UnlockedTlsKeys; readonly signal: AbortSignal },
): Promise<KeyObject> {
  if (isEncryptedKey(pem)) return keys.unlock(path, pem, signal)
  return parse(`The client key ${path}`, () => createPrivateKey(pem))
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

function assertPair(certificate: X509Certificate, { key, files }: { key: KeyObject; files: TlsFiles }): void {
  if (certificate.checkPrivateKey(key)) return
  throw new SwarmNetworksError('invalid-input', `The client key ${files.key} does not belong to ${files.cert}`, {
    remedy,
  })
}

function parse<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SwarmNetworksError('invalid-input', `${what} cannot be used (${reason})`, { remedy, cause: error })
  }
}
