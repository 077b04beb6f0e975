import type { ConnectionStep } from '../../core/connection-step'
import { SwarmNetworksError, type ErrorCode } from '../../core/errors'
import type { SshHost } from './ssh-host'

/** How far a connection got; each failure names its step. A command runs on a host that is connected already. */
export type SshStep =
  | Extract<
      ConnectionStep,
      'resolve' | 'connect' | 'handshake' | 'host-key' | 'authentication' | 'socket' | 'permission'
    >
  | 'command'

export interface SshFailure {
  readonly step: SshStep
  /** What happened, as half a sentence. */
  readonly why: string
  readonly remedy?: string | undefined
  readonly cause?: unknown
}

export function sshError(code: ErrorCode, host: SshHost, { step, why, remedy, cause }: SshFailure): SwarmNetworksError {
  return new SwarmNetworksError(code, `SSH to ${addressOf(host)}, ${step.replace('-', ' ')}: ${why}`, {
    host: host.alias,
    ...(remedy !== undefined && { remedy }),
    // On the way to an engine, commands are what looks at its socket.
    step: step === 'command' ? 'socket' : step,
    cause,
  })
}

/** A host as ssh would be told it; the name behind an alias is shown too, because failures are about that. */
export function addressOf({ alias, hostName, port, user }: SshHost): string {
  const bracketed = hostName.includes(':') ? `[${hostName}]` : hostName
  const address = `${user}@${bracketed}${port === 22 ? '' : `:${port}`}`
  return alias === hostName ? address : `${alias} (${address})`
}
