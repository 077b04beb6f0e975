import type { CertificateFile, CertificateReader } from '../../../ports/certificates'
import type { SecondQuestions } from '../script/second-look'
import type { CertificateFacts, TlsFacts, TlsFile } from '../tls-facts'
import { sectionsOf, type Section } from './sections'

export interface TlsReading {
  readonly tls: TlsFacts
  readonly clientCertificates: readonly CertificateFacts[]
}

/** The host's TLS files and our own, read together so that each certificate knows which of the others signed it. */
export function parseTls(
  sections: readonly Section[],
  asked: Pick<SecondQuestions, 'tlsFiles'> & Pick<TlsFacts, 'isUsed' | 'isVerifying'>,
  { reader, ours }: { readonly reader: CertificateReader; readonly ours: readonly CertificateFile[] },
): TlsReading {
  const theirs = (['ca', 'cert'] as const).flatMap((role) =>
    sectionsOf(sections, `tls-${role}`).map(({ about, text }): CertificateFile => ({
      role: role === 'ca' ? 'server-authority' : 'server',
      path: about,
      pem: text,
    })),
  )
  const certificates = reader.read([...theirs, ...ours])
  const isOurs = ({ role }: CertificateFacts) => role === 'client' || role === 'client-authority'
  const onHost = certificates.filter((certificate) => !isOurs(certificate))
  return {
    tls: {
      isUsed: asked.isUsed,
      isVerifying: asked.isVerifying,
      files: asked.tlsFiles.map((file) => fileOf(file, { sections, onHost })),
      certificates: onHost,
      ...authorityKeyOf(sections),
    },
    clientCertificates: certificates.filter(isOurs),
  }
}

function fileOf(
  { role, path }: SecondQuestions['tlsFiles'][number],
  { sections, onHost }: { readonly sections: readonly Section[]; readonly onHost: readonly CertificateFacts[] },
): TlsFile {
  const about = `tls-${role} ${path}`
  if (sectionsOf(sections, 'missing').some((section) => section.about === about))
    return { role, path, state: 'missing' }
  const found = sectionsOf(sections, `tls-${role}`).find((section) => section.about === path)
  if (found === undefined) return { role, path, state: 'not-readable' }
  if (role !== 'key')
    return { role, path, state: onHost.some(({ file }) => file === path) ? 'there' : 'no-certificate' }
  const keyFingerprint = printOf(found)
  return { role, path, state: 'there', ...(keyFingerprint !== undefined && { keyFingerprint }) }
}

function authorityKeyOf(sections: readonly Section[]): Pick<TlsFacts, 'authorityKey'> {
  const [found] = sectionsOf(sections, 'tls-authority-key')
  const keyFingerprint = found && printOf(found)
  return found && keyFingerprint !== undefined ? { authorityKey: { path: found.about, keyFingerprint } } : {}
}

/** Absent where the host has no OpenSSL, or the key is locked. */
function printOf({ text }: Section): string | undefined {
  const print = text.trim()
  return /^[0-9a-f]{64}$/.test(print) ? print : undefined
}
