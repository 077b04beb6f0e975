import type { EngineConnector } from '../core/ports/engine'
import type { Clock, ConnectionPrompts, Disposable, Log } from '../core/ports/environment'
import type { HostShells } from '../core/ports/host-shell'
import { DockerConnector } from './docker/connector'
import type { LocalMachine } from './sources/local-machine'
import { sshFolders } from './ssh/ssh-config'
import { SshHostShells } from './ssh/ssh-host-shells'
import { SshPool } from './ssh/ssh-pool'
import { openSshTransport } from './ssh/ssh-transport'

export interface ConnectorOptions {
  readonly machine: LocalMachine
  readonly clock: Clock
  readonly log: Log
  readonly prompts: ConnectionPrompts
}

export type OwnedConnector = EngineConnector & HostShells & Disposable

/** Opens engines over every transport, and hosts’ command lines over SSH. Whoever made it disposes it: it keeps the SSH connections. */
export function createConnector({ machine, ...context }: ConnectorOptions): OwnedConnector {
  const pool = new SshPool({ folders: sshFolders(machine), ...context })
  const connector = new DockerConnector({
    openSsh: (endpoint, _target, signal) => openSshTransport(endpoint, pool, signal),
    askPassphrase: (keyFile) => context.prompts.askPassphrase(keyFile),
  })
  const shells = new SshHostShells(pool)
  return {
    connect: (target, signal) => connector.connect(target, signal),
    openShell: (target, signal) => shells.openShell(target, signal),
    openTerminal: (target, size, signal) => shells.openTerminal(target, size, signal),
    dispose: () => pool.dispose(),
  }
}
