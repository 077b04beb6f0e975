import { execFile } from 'node:child_process'
import { SwarmNetworksError } from '../../core/errors'
import { serviceStateCommand, stoppedEngineRemedy, wouldWakeEngine } from '../../core/fleet/service-state'
import type { Target } from '../../core/model/target'

const deadlineMs = 5000

/** The sockets that systemd's docker.socket listens on; one of them is a link to the other's folder. */
const systemdSockets = ['/run/docker.sock', '/var/run/docker.sock']

/**
 * Looks before knocking at this machine's own engine: where systemd listens for a service that somebody stopped, our
 * connection would start it again.
 * @throws `engine-stopped` in that case.
 */
export async function lookAtLocalService({ endpoint, name }: Target, signal: AbortSignal): Promise<void> {
  if (endpoint.kind !== 'unix' || !systemdSockets.includes(endpoint.path)) return
  if (!wouldWakeEngine(await localServiceState(signal))) return
  throw new SwarmNetworksError('engine-stopped', `The Docker service of ${name} is stopped`, {
    host: name,
    remedy: stoppedEngineRemedy,
    step: 'socket',
  })
}

/**
 * What systemctl prints. It fails by design when a unit is not active, and there may be no systemd at all: then it has
 * printed nothing, and the knock itself tells what is there.
 */
function localServiceState(signal: AbortSignal): Promise<string> {
  const [command, ...args] = serviceStateCommand
  return new Promise((resolve) => {
    execFile(command, args, { signal, timeout: deadlineMs, env: { ...process.env, LC_ALL: 'C' } }, (_error, stdout) =>
      resolve(stdout),
    )
  })
}
