import type { ErrorCode } from '../../errors'
import type { Host } from '../../model/host'
import type { HostRule } from './host-rule'

/** The engine cannot be reached, but its host lets us in: why can be looked at there. */
export const engineSilent: HostRule = {
  cause: 'engine-silent',
  find: (host) => {
    if (!isOpenBehindSilence(host)) return undefined
    return {
      cause: 'engine-silent',
      title: 'Its engine does not answer, but the host does over SSH',
      severity: 'warning',
      evidence: [host.failure?.message ?? 'It cannot be reached.'],
      remedy: 'Examine Host looks over SSH for what keeps the engine from running; it changes nothing.',
    }
  },
}

/** Only a login shows these. */
const afterLogin: readonly ErrorCode[] = ['engine-stopped', 'socket-missing']

/** Whether a host’s engine cannot be reached although the last try got in over SSH. */
export function isOpenBehindSilence({ state, failure, sshTarget }: Host): boolean {
  if (state !== 'unreachable' || failure === undefined || sshTarget === undefined) return false
  return afterLogin.includes(failure.code) || failure.step === 'socket'
}
