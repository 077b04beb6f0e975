import type { EngineConnector } from '../core/ports/engine'
import type { Clock, ConnectionPrompts, Disposable, Log } from '../core/ports/environment'
import { DockerConnector } from './docker/connector'
import type { LocalMachine } from './sources/local-machine'
import { sshFolders } from './ssh/ssh-config'
import { SshPool } from './ssh/ssh-pool'
import { openSshTransport } from './ssh/ssh-transport'

export interface ConnectorOptions {
  readonly machine: LocalMachine
  readonly clock: Clock
  readonly log: Log
  readonly prompts: ConnectionPrompts
}

export type OwnedConnector = EngineConnector & Disposable

/** Opens engines over every transport. Whoever made it disposes it: it keeps the SSH connections. */
export function createConnector({ machine, ...context }: ConnectorOptions): OwnedConnector {
  const pool = new SshPool({ folders: sshFolders(machine), ...context })
  const connector = new DockerConnector({
    openSsh: (endpoint, _target, signal) => openSshTransport(endpoint, pool, signal),
    askPassphrase: (keyFile) => context.prompts.askPassphrase(keyFile),
  })
  return { connect: (target, signal) => connector.connect(target, signal), dispose: () => pool.dispose() }
}
