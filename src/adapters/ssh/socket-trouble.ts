import type { SwarmNetworksError } from '../../core/errors'
import { stoppedEngineRemedy } from '../../core/fleet/service-state'
import { channelRefusal } from './channel-refusal'
import type { SshConnection } from './ssh-connection'
import { sshError } from './ssh-errors'
import { runOnHost } from './ssh-run'

/**
 * Looks at a socket from the host's side: one word a line. A folder that may not be searched hides what is in it. Who
 * listens is in /proc/net/unix (proc_net(5)), where flag 10000 marks listening sockets, by the path as it was bound.
 */
const lookScript = `
test -x "$(dirname "$1")" || echo hidden
test -e "$1" && echo exists
test -S "$1" && echo socket
test -w "$1" && echo writable
A="$1" B="$(readlink -f "$1")" awk '
  function short(path) { sub(/^\\/var\\/run\\//, "/run/", path); return path }
  $4 == "00010000" && (short($8) == short(ENVIRON["A"]) || $8 == ENVIRON["B"]) { print "listening"; exit }
  END { print "table" }' /proc/net/unix
`

const lookDeadlineMs = 5_000

export const allowForwarding =
  'Set "AllowStreamLocalForwarding yes" in /etc/ssh/sshd_config on the host, and reload its SSH server'

export interface SocketTrouble {
  readonly error: SwarmNetworksError
  /** Whether the trouble is that the SSH server forwards no sockets, so that another way may lead there. */
  readonly isForwardingRefused: 'yes' | 'perhaps' | 'no'
}

/**
 * Finds out why a host did not open its engine's socket for us. SSH itself says "open failed" for everything (OpenSSH,
 * serverloop.c), so a second look is taken with a command.
 *
 * @param failure the error of the attempt; it is given back where the look says no more
 */
export async function explainSocketFailure(
  connection: SshConnection,
  { path, failure }: { readonly path: string; readonly failure: SwarmNetworksError },
  signal: AbortSignal,
): Promise<SocketTrouble> {
  // Cancelled, timed out or disconnected: there is nothing to look at.
  const refusal = channelRefusal(failure)
  if (refusal === undefined) return { error: failure, isForwardingRefused: 'no' }
  let facts: ReadonlySet<string>
  try {
    const command = ['sh', '-c', lookScript, 'sh', path]
    const { stdout } = await runOnHost(connection, { command, deadlineMs: lookDeadlineMs }, signal)
    facts = new Set(stdout.split('\n'))
  } catch {
    // The account may not run commands. What the host said first is all there is to know.
    const error = refusal === 'connect-failed' ? failure : forwardingRefused(connection, path, failure)
    return { error, isForwardingRefused: 'no' }
  }
  return explain(connection, { path, failure, facts })
}

function explain(
  connection: SshConnection,
  {
    path,
    failure,
    facts,
  }: { readonly path: string; readonly failure: SwarmNetworksError; readonly facts: ReadonlySet<string> },
): SocketTrouble {
  const { host } = connection
  const because = (code: SwarmNetworksError['code'], why: string, remedy: string): SocketTrouble => ({
    error: sshError(code, host, { step: 'socket', why, remedy, cause: failure }),
    isForwardingRefused: 'no',
  })
  if (facts.has('hidden') || (facts.has('socket') && !facts.has('writable')))
    return { error: explainNoPermission(connection, path, failure), isForwardingRefused: 'no' }
  if (!facts.has('exists'))
    return because(
      'socket-missing',
      `there is no ${path} on the host`,
      'Check that Docker is installed and runs there (systemctl status docker); a rootless engine’s socket goes into the URL.',
    )
  if (!facts.has('socket')) return because('socket-missing', `${path} is no socket`, 'Check the path in the URL.')
  // A rootless engine listens in a network namespace of its own, which this table does not show.
  if (facts.has('table') && !facts.has('listening') && channelRefusal(failure) === 'connect-failed') {
    const trouble = because(
      'unreachable',
      `nothing seems to listen on ${path}`,
      `${stoppedEngineRemedy}. If it runs: ${allowForwarding}.`,
    )
    return { ...trouble, isForwardingRefused: 'perhaps' }
  }
  return { error: forwardingRefused(connection, path, failure), isForwardingRefused: 'yes' }
}

function forwardingRefused({ host }: SshConnection, path: string, cause: SwarmNetworksError): SwarmNetworksError {
  const why = `the SSH server does not forward ${path}`
  return sshError('unsupported', host, { step: 'socket', why, remedy: `${allowForwarding}.`, cause })
}

export function explainNoPermission({ host }: SshConnection, path: string, cause?: unknown): SwarmNetworksError {
  return sshError('permission-denied', host, {
    step: 'permission',
    why: `the user ${host.user} may not use ${path}`,
    remedy: `Add the user to the socket’s group on the host (sudo usermod -aG docker ${host.user}), or log in as another user.`,
    cause,
  })
}
