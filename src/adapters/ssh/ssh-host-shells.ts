import { SwarmNetworksError } from '../../core/errors'
import type { Target } from '../../core/model/target'
import type { HostShell, HostShells } from '../../core/ports/host-shell'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import { sshWay } from '../../core/targets/ssh-way'
import type { SshLease, SshPool } from './ssh-pool'
import { runOnHost } from './ssh-run'
import { openSshTerminal } from './ssh-terminal'

/** Hosts' command lines over the pool's connections: one a host, whatever else is open on it. */
export class SshHostShells implements HostShells {
  readonly #pool: SshPool

  constructor(pool: SshPool) {
    this.#pool = pool
  }

  async openShell(target: Target, signal: AbortSignal): Promise<HostShell> {
    const lease = await this.#acquire(target, signal)
    const { connection } = lease
    return {
      host: target.name,
      user: connection.host.user,
      run: (command, running) => runOnHost(connection, command, running),
      onLost: (listener) => connection.onClosed(listener),
      dispose: () => lease.release(),
    }
  }

  async openTerminal(target: Target, size: TerminalSize, signal: AbortSignal): Promise<TerminalSession> {
    const lease = await this.#acquire(target, signal)
    try {
      return await openSshTerminal(lease.connection, { size, onClosed: () => lease.release() }, signal)
    } catch (error) {
      lease.release()
      throw error
    }
  }

  async #acquire(target: Target, signal: AbortSignal): Promise<SshLease> {
    const endpoint = sshWay(target)
    if (endpoint !== undefined) return this.#pool.acquire(endpoint, signal)
    throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${target.name}`, {
      host: target.name,
      remedy: 'Add the host with an ssh:// URL; both ways then lead to one host.',
    })
  }
}
