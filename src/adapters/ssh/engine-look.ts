import { SwarmNetworksError } from '../../core/errors'
import { serviceStateCommand, stoppedEngineRemedy, wouldWakeEngine } from '../../core/fleet/service-state'
import type { SshConnection } from './ssh-connection'
import { sshError } from './ssh-errors'
import { runOnHost } from './ssh-run'

const lookDeadlineMs = 5_000

/**
 * Looks whether a knock at a host's engine would start it, because somebody stopped it.
 *
 * @throws `engine-stopped` in that case, and the codes of the SSH connection
 */
export async function lookAtRemoteService(connection: SshConnection, signal: AbortSignal): Promise<void> {
  if (!wouldWakeEngine(await askServiceManager(connection, signal))) return
  throw sshError('engine-stopped', connection.host, {
    step: 'socket',
    why: 'the Docker engine is stopped, and connecting would start it again',
    remedy: `${stoppedEngineRemedy}.`,
  })
}

async function askServiceManager(connection: SshConnection, signal: AbortSignal): Promise<string> {
  try {
    const command = serviceStateCommand
    return (await runOnHost(connection, { command, deadlineMs: lookDeadlineMs }, signal)).stdout
  } catch (error) {
    // An account that may forward sockets but run no commands: then nothing can be known before the knock.
    if (SwarmNetworksError.is(error, 'unreachable') && connection.isOpen) return ''
    throw error
  }
}
