import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate } from 'node:tls'
import type { SeenCertificate } from '../../core/model/certificate'
import type { TlsFiles } from '../../core/model/target'
import { stripControl } from '../../core/text/sanitize'

/** What is known of a connection's certificates. */
export interface CertificateSources {
  readonly files: TlsFiles
  readonly ca?: Buffer
  readonly cert?: Buffer
  /** As the server showed it, its own first. */
  readonly peerChain: readonly X509Certificate[]
}

/**
 * The certificates that a connection depends on: the server's, ours, and of the authorities those that signed either.
 * The others in a bundle may expire without anybody's noticing.
 */
export function seenCertificates({ files, ca, cert, peerChain }: CertificateSources): readonly SeenCertificate[] {
  const ours = cert === undefined ? [] : certificatesIn(cert)
  const [server, ...above] = peerChain
  const [client] = ours
  const known = ca === undefined ? [] : certificatesIn(ca)
  const leaves = [...peerChain, ...ours]
  const signers = known.filter((authority) =>
    leaves.some((leaf) => isSame(authority, leaf) || isIssued(leaf, authority)),
  )
  const others = above.filter((shown) => !signers.some((signer) => isSame(signer, shown)))
  return [
    ...(server ? [seen('server', server)] : []),
    ...(client ? [seen('client', client, files.cert)] : []),
    ...signers
      .filter((signer) => server === undefined || !isSame(signer, server))
      .map((c) => seen('authority', c, files.ca)),
    ...others.map((c) => seen('authority', c)),
  ]
}

/** All certificates of a PEM file, in its order. */
export function certificatesIn(pem: Buffer): readonly X509Certificate[] {
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

/** What a TLS socket's `getPeerCertificate(true)` gives as a list; at the end of the chain an issuer is its own. */
export function chainOf(peer: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  const seenRaw = new Set<string>()
  // An empty object where the server showed none.
  for (let next: Partial<DetailedPeerCertificate> | undefined = peer; next?.raw; next = next.issuerCertificate) {
    const print = next.raw.toString('base64')
    if (seenRaw.has(print)) break
    seenRaw.add(print)
    chain.push(new X509Certificate(next.raw))
  }
  return chain
}

/** `CN=tolkewitz, O=lab`: Node writes one part a line. */
export function nameText(name: string): string {
  return stripControl(name.trim().replaceAll('\n', ', '))
}

function seen(role: SeenCertificate['role'], certificate: X509Certificate, file?: string): SeenCertificate {
  return {
    role,
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    validTo: Date.parse(certificate.validTo),
    ...(file !== undefined && { file }),
  }
}

function isSame(a: X509Certificate, b: X509Certificate): boolean {
  return a.fingerprint256 === b.fingerprint256
}

function isIssued(leaf: X509Certificate, authority: X509Certificate): boolean {
  return leaf.checkIssued(authority) && leaf.verify(authority.publicKey)
}
