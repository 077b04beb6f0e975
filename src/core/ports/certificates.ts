import type { CertificateFacts } from '../examine/host/tls-facts'
import type { Target } from '../model/target'

/** A PEM file with certificates, wherever it is. */
export interface CertificateFile {
  readonly role: CertificateFacts['role']
  readonly path: string
  readonly pem: string
}

/** Reads certificates; what needs cryptography is behind it. */
export interface CertificateReader {
  /** Every certificate of these files, with those among them that signed it. What is no certificate is left out. */
  read(files: readonly CertificateFile[]): readonly CertificateFacts[]
  /** Our own certificates for a target's TLS way in, from this machine; those that cannot be read are left out. */
  readOurs(target: Target, signal: AbortSignal): Promise<readonly CertificateFile[]>
}
