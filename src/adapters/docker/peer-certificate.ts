import { connect, type PeerCertificate } from 'node:tls'
import { stripControl } from '../../core/text/sanitize'

const deadlineMs = 5000

/** Who a TLS server says it is. */
export interface PeerIdentity {
  /** For instance `CN=tolkewitz`. */
  readonly subject: string
  readonly issuer: string
  /** As the certificate has it, for instance `Nov 23 09:00:00 2026 GMT`. */
  readonly validFrom: string
  readonly validTo: string
  /** For instance `DNS:tolkewitz, IP Address:192.0.2.1`. */
  readonly names: string
}

/**
 * Reads a server's certificate without trusting it: nothing is sent, and no certificate of ours is shown. Undefined
 * where the server does not show one; this is for an error's text only.
 */
export function readPeerIdentity(host: string, port: number, signal: AbortSignal): Promise<PeerIdentity | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, servername: '' })
    const finish = (identity?: PeerIdentity) => {
      signal.removeEventListener('abort', abort)
      socket.destroy()
      resolve(identity)
    }
    const abort = () => finish()
    signal.addEventListener('abort', abort, { once: true })
    socket.setTimeout(deadlineMs, abort)
    socket.once('error', abort)
    socket.once('secureConnect', () => finish(identityOf(socket.getPeerCertificate())))
  })
}

function identityOf(certificate: PeerCertificate): PeerIdentity | undefined {
  // An empty object where the server showed none.
  if (!('subject' in certificate)) return undefined
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
    names: stripControl(certificate.subjectaltname ?? ''),
  }
}

function nameOf(name: PeerCertificate['subject']): string {
  const parts = Object.entries(name).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : value}`)
  return stripControl(parts.join(', '))
}
