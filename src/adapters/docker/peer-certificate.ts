import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { chainOf } from './tls-certificates'

const deadlineMs = 5000

/**
 * Reads the certificates that a server shows, its own first, without trusting them: nothing is sent, and no certificate of
 * ours is shown. Empty where the server shows none; this is for an error's text only.
 */
export function readPeerChain(host: string, port: number, signal: AbortSignal): Promise<readonly X509Certificate[]> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, servername: isIP(host) === 0 ? host : '' })
    const finish = (chain: readonly X509Certificate[] = []) => {
      signal.removeEventListener('abort', abort)
      socket.destroy()
      resolve(chain)
    }
    const abort = () => finish()
    signal.addEventListener('abort', abort, { once: true })
    socket.setTimeout(deadlineMs, abort)
    socket.once('error', abort)
    socket.once('secureConnect', () => finish(chainOf(socket.getPeerCertificate(true))))
  })
}
