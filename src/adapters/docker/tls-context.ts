import type { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { SeenCertificate } from '../../core/model/certificate'
import type { TlsFiles } from '../../core/model/target'
import { systemAuthorities } from './tls-authorities'
import { seenCertificates } from './tls-certificates'
import { readTlsFiles, type TlsMaterial } from './tls-files'
import type { UnlockedTlsKeys } from './tls-key'

/** What TLS to one engine takes. */
export interface TlsContext {
  readonly options: {
    readonly rejectUnauthorized: boolean
    readonly secureContext?: SecureContext
    readonly cert?: Buffer
    readonly key?: Buffer
  }
  /** What the connection depends on, together with what the server showed, its own certificate first. */
  certificatesWith(peerChain: readonly X509Certificate[]): readonly SeenCertificate[]
}

/**
 * Reads the TLS files of an endpoint once for all of its connections; making a context of a system's authorities takes
 * tens of milliseconds.
 * @throws what `readTlsFiles` throws
 */
export async function openTlsContext(files: TlsFiles, keys: UnlockedTlsKeys, signal: AbortSignal): Promise<TlsContext> {
  const material = await readTlsFiles(files, keys, signal)
  const rejectUnauthorized = files.skipVerify !== true
  return {
    options: { rejectUnauthorized, ...(await contextOf(material, { rejectUnauthorized, signal })) },
    certificatesWith: (peerChain) => seenCertificates({ files, ...material, peerChain }),
  }
}

async function contextOf(
  { ca, cert, key }: TlsMaterial,
  { rejectUnauthorized, signal }: { readonly rejectUnauthorized: boolean; readonly signal: AbortSignal },
): Promise<Omit<TlsContext['options'], 'rejectUnauthorized'>> {
  const own = { ...(cert && { cert }), ...(key && { key }) }
  if (ca) return { secureContext: createSecureContext({ ...own, ca }) }
  const authorities = rejectUnauthorized ? await systemAuthorities(process, signal) : undefined
  // Node, and VS Code in its place, fill in authorities only where a connection brings no context of its own.
  return authorities ? { secureContext: createSecureContext({ ...own, ca: [...authorities] }) } : own
}
