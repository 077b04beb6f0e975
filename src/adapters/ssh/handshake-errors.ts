import type { SwarmNetworksError } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { sshError, type SshStep } from './ssh-errors'
import type { SshHost } from './ssh-host'

/** What Node's codes of a failed connection mean (errno(3), getaddrinfo(3)). */
const networkFailures: Readonly<Record<string, readonly [step: SshStep, why: string, remedy: string]>> = {
  ENOTFOUND: ['resolve', 'the host name is not known', 'Check the name.'],
  EAI_AGAIN: ['resolve', 'the name server did not answer', 'Check your network.'],
  ECONNREFUSED: ['connect', 'nothing listens there', 'Check the port, and that an SSH server runs on the host.'],
  EHOSTUNREACH: ['connect', 'the host cannot be reached', 'Check the address and your network.'],
  ENETUNREACH: ['connect', 'the network cannot be reached', 'Check the address and your network.'],
  EHOSTDOWN: ['connect', 'the host is down', 'Start the host.'],
  ETIMEDOUT: ['connect', 'nothing answered', 'Check the address and whether a firewall is in between.'],
  ECONNRESET: ['handshake', 'the host broke the connection off', 'Check that the port is that of an SSH server.'],
  EPIPE: ['handshake', 'the host broke the connection off', 'Check that the port is that of an SSH server.'],
}

const brokenOff = 'It may limit connections (MaxStartups, fail2ban, hosts.deny); check its SSH server’s log.'

/**
 * Explains an error that ssh2 reports before a connection is ready.
 *
 * @param step how far it got
 */
export function explainHandshakeError(error: Error, host: SshHost, step: SshStep): SwarmNetworksError {
  const network = networkFailures[nodeCode(error)]
  if (network) {
    const [at, why, remedy] = network
    return sshError('unreachable', host, { step: at, why: `${why} (${nodeCode(error)})`, remedy, cause: error })
  }
  const why = stripControl(error.message).slice(0, 300)
  // What ssh2 cannot agree on with the host before any secret is used.
  if ('level' in error && error.level === 'handshake')
    return sshError('unsupported', host, {
      step,
      why: [why, ...host.notes].join('; '),
      remedy: 'Check that the port is that of an SSH server, and that it offers algorithms of today.',
      cause: error,
    })
  return sshError('unreachable', host, { step, why, remedy: brokenOff, cause: error })
}

/** The error for a host that closed the connection without a word. */
export function closedEarly(host: SshHost, step: SshStep): SwarmNetworksError {
  return sshError('unreachable', host, { step, why: 'the host closed the connection', remedy: brokenOff })
}

/** The code of a Node error; of the first attempt where several addresses were tried. */
function nodeCode(error: unknown): string {
  if (error instanceof AggregateError) return nodeCode(error.errors[0])
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
