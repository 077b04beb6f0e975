import { X509Certificate, createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { CertificateFacts } from '../../core/examine/host/tls-facts'
import type { Target } from '../../core/model/target'
import type { CertificateFile, CertificateReader } from '../../core/ports/certificates'
import { stripControl } from '../../core/text/sanitize'
import { nameText } from './tls-certificates'

/** Reads certificates with Node’s own cryptography. */
export const certificateReader: CertificateReader = {
  read(files) {
    const all = files.flatMap((file) => blocksOf(file.pem).map((certificate) => ({ file, certificate })))
    return all.map(({ file, certificate }) => ({
      role: file.role,
      file: file.path,
      subject: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      validFrom: Date.parse(certificate.validFrom),
      validTo: Date.parse(certificate.validTo),
      fingerprint: printOf(certificate),
      keyFingerprint: hash(certificate.publicKey.export({ type: 'spki', format: 'der' })),
      names: namesOf(certificate),
      signedBy: [
        ...new Set(
          all.filter((other) => isIssued(certificate, other.certificate)).map((other) => printOf(other.certificate)),
        ),
      ],
    }))
  },
  async readOurs(target, signal) {
    const files = await Promise.all(ownFiles(target).map(async (file) => readOwn(file, signal)))
    return files.filter((file) => file !== undefined)
  },
}

function blocksOf(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)]
    } catch {
      // Whoever shows the file says that it holds no certificate.
      return []
    }
  })
}

function isIssued(leaf: X509Certificate, authority: X509Certificate): boolean {
  return leaf.checkIssued(authority) && leaf.verify(authority.publicKey)
}

function printOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toLowerCase()
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function namesOf({ subjectAltName }: X509Certificate): CertificateFacts['names'] {
  return (subjectAltName ?? '').split(', ').flatMap((name) => (name === '' ? [] : [stripControl(name)]))
}

type OwnFile = Pick<CertificateFile, 'role' | 'path'>

function ownFiles(target: Target): readonly OwnFile[] {
  return [target.endpoint, ...(target.otherEndpoints ?? [])].flatMap((endpoint): readonly OwnFile[] => {
    if (endpoint.kind !== 'tls') return []
    const { ca, cert } = endpoint.files
    return [
      ...(ca === undefined ? [] : [{ role: 'client-authority', path: ca } as const]),
      ...(cert === undefined ? [] : [{ role: 'client', path: cert } as const]),
    ]
  })
}

async function readOwn(file: OwnFile, signal: AbortSignal): Promise<CertificateFile | undefined> {
  try {
    return { ...file, pem: await readFile(file.path, { encoding: 'utf8', signal }) }
  } catch (error) {
    if (signal.aborted) throw error
    // The connection itself says it where such a file is missing; an examination is about the host.
    return undefined
  }
}
