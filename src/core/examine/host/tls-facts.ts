/** What a certificate says of itself. */
export interface CertificateFacts {
  /** `server` and `server-authority` are on the host; `client` and `client-authority` are on this machine. */
  readonly role: 'server' | 'server-authority' | 'client' | 'client-authority'
  /** The file it is in: on the host, or on this machine. */
  readonly file: string
  /** For instance `CN=tolkewitz, O=lab`. */
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since the epoch. */
  readonly validFrom: number
  readonly validTo: number
  /** SHA-256 in hexadecimal digits. */
  readonly fingerprint: string
  /** SHA-256 of its public key (SubjectPublicKeyInfo, DER) in hexadecimal digits. */
  readonly keyFingerprint: string
  /** The names and addresses it holds for, for instance `IP Address:10.0.0.5`. */
  readonly names: readonly string[]
  /** Fingerprints of the examined certificates that signed it; empty where none of them did. */
  readonly signedBy: readonly string[]
}

/** The TLS files that the engine was told to use. */
export interface TlsFacts {
  /** Whether it is told to speak TLS at all. */
  readonly isUsed: boolean
  /** Whether it asks its clients for a certificate. */
  readonly isVerifying: boolean
  readonly files: readonly TlsFile[]
  readonly certificates: readonly CertificateFacts[]
  /** The authority’s own key, where it lies on the host beside the authority’s certificate, as `ca-key.pem`. */
  readonly authorityKey?: { readonly path: string; readonly keyFingerprint: string }
}

export interface TlsFile {
  readonly role: 'ca' | 'cert' | 'key'
  readonly path: string
  readonly state: 'there' | 'missing' | 'not-readable' | 'no-certificate'
  /** Of a private key’s public half, as in `CertificateFacts`; absent where it could not be computed on the host. */
  readonly keyFingerprint?: string
}
