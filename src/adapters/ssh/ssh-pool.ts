import { SwarmNetworksError } from '../../core/errors'
import type { Clock, ConnectionPrompts, Disposable, Log } from '../../core/ports/environment'
import { onAbort } from '../on-abort'
import type { ChannelSocket } from './channel-socket'
import { openSshConnection, type HandshakeContext } from './handshake'
import { Passwords } from './passwords'
import type { SshFolders } from './ssh-config'
import type { SshConnection } from './ssh-connection'
import { openProxyCommand } from './proxy-command'
import { addressOf, sshError } from './ssh-errors'
import { resolveSshHost, type SshEndpoint, type SshHost } from './ssh-host'
import { UnlockedKeys } from './unlocked-keys'

export interface SshPoolOptions {
  readonly folders: SshFolders
  readonly prompts: ConnectionPrompts
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds that one connection may take to be made, the user's answers not counted. 15 seconds where absent. */
  readonly connectDeadlineMs?: number
  /** Milliseconds that a connection is kept after its last user left. One minute where absent: longer than any retry waits. */
  readonly lingerMs?: number
}

/** The use of a connection; whoever got it gives it back. */
export interface SshLease {
  readonly connection: SshConnection
  /** Giving back twice does nothing. */
  release(): void
}

/** A host on the way, and those that lead to it, to be found in a circle. */
interface Route {
  /** Hosts to go through, where a ProxyJump lists them; absent: as the host's own configuration says. */
  readonly jumps?: readonly SshEndpoint[]
  readonly trail: readonly string[]
}

interface Entry {
  readonly key: string
  readonly abort: AbortController
  opening: Promise<SshConnection>
  connection?: SshConnection
  users: number
  lingering?: Disposable
}

/**
 * One SSH connection for each login at a host, shared by all that is open there and by the hosts behind it. It
 * outlives its users by a while: an engine that is stopped is asked for again and again, its host stays connected.
 */
export class SshPool implements Disposable {
  readonly #options: SshPoolOptions
  readonly #context: HandshakeContext
  readonly #entries = new Map<string, Entry>()

  constructor(options: SshPoolOptions) {
    this.#options = options
    const { prompts, log, connectDeadlineMs = 15_000 } = options
    this.#context = {
      prompts,
      log,
      deadlineMs: connectDeadlineMs,
      unlocked: new UnlockedKeys(prompts),
      passwords: new Passwords(prompts),
    }
  }

  /**
   * The connection to an endpoint's host, made now unless there is one.
   *
   * @throws the error of the step that failed: `invalid-input`, `unreachable`, `timeout`, `host-key-unknown`,
   * `host-key-changed`, `unauthorized`, `unsupported`, `cancelled`
   */
  async acquire(endpoint: SshEndpoint, signal: AbortSignal): Promise<SshLease> {
    return this.#acquire(endpoint, { trail: [] }, signal)
  }

  dispose(): void {
    for (const entry of [...this.#entries.values()]) this.#drop(entry)
  }

  async #acquire(endpoint: SshEndpoint, route: Route, signal: AbortSignal): Promise<SshLease> {
    const host = await resolveSshHost(endpoint, this.#options.folders)
    const jumps = route.jumps ?? host.jumps
    const key = connectionKey(host, jumps)
    if (route.trail.includes(key)) throw goesInCircles(host)
    const entry = this.#entries.get(key) ?? this.#open(key, { host, jumps, trail: [...route.trail, key] })
    entry.users++
    entry.lingering?.dispose()
    try {
      return this.#lease(entry, await orCancelled(entry.opening, host, signal))
    } catch (error) {
      this.#leave(entry)
      throw error
    }
  }

  #lease(entry: Entry, connection: SshConnection): SshLease {
    let isReleased = false
    const release = () => {
      if (isReleased) return
      isReleased = true
      this.#leave(entry)
    }
    return { connection, release }
  }

  #open(key: string, way: { readonly host: SshHost } & Required<Route>): Entry {
    const abort = new AbortController()
    const entry: Entry = { key, abort, users: 0, opening: this.#connect(way, abort.signal) }
    this.#entries.set(key, entry)
    entry.opening.then(
      (connection) => {
        entry.connection = connection
        connection.onClosed((reason) => {
          this.#options.log.info(reason.message)
          this.#forget(entry)
        })
        if (abort.signal.aborted) connection.close()
      },
      // Each that waits for it gets the error; the next one tries anew.
      () => this.#forget(entry),
    )
    return entry
  }

  async #connect(
    { host, jumps, trail }: { readonly host: SshHost } & Required<Route>,
    signal: AbortSignal,
  ): Promise<SshConnection> {
    for (const note of host.notes) this.#options.log.debug(`${host.alias}: ${note}`)
    const jump = jumps.at(-1)
    if (!jump) {
      const { env } = this.#options.folders.machine
      const proxy = host.proxyCommand !== undefined && { route: openProxyCommand(host, env) }
      return openSshConnection(host, { context: this.#context, ...proxy }, signal)
    }
    const before = jumps.slice(0, -1)
    const lease = await this.#acquireJump(jump, { host, trail, ...(before.length > 0 && { jumps: before }) }, signal)
    try {
      const route = await openRoute(lease.connection, host, signal)
      route.once('close', () => lease.release())
      return await openSshConnection(host, { context: this.#context, route }, signal)
    } catch (error) {
      lease.release()
      throw error
    }
  }

  /** A host on the way that cannot be reached is told as such: its own name says nothing to whom asked for another. */
  async #acquireJump(
    jump: SshEndpoint,
    { host, ...route }: { readonly host: SshHost } & Route,
    signal: AbortSignal,
  ): Promise<SshLease> {
    try {
      return await this.#acquire(jump, route, signal)
    } catch (error) {
      if (!SwarmNetworksError.is(error) || error.code === 'cancelled' || error.code === 'invalid-input') throw error
      const message = `${error.message.replace(/\.$/, '')}; it is on the way to ${addressOf(host)}`
      throw error.changed({ message, host: host.alias, step: 'jump' })
    }
  }

  #leave(entry: Entry): void {
    if (--entry.users > 0 || entry.connection?.isOpen === false) return
    if (!entry.connection) {
      this.#drop(entry)
      return
    }
    const { clock, lingerMs = 60_000 } = this.#options
    entry.lingering = clock.after(lingerMs, () => this.#drop(entry))
  }

  #drop(entry: Entry): void {
    this.#forget(entry)
    entry.abort.abort()
    entry.connection?.close()
  }

  #forget(entry: Entry): void {
    entry.lingering?.dispose()
    if (this.#entries.get(entry.key) === entry) this.#entries.delete(entry.key)
  }
}

/**
 * Equal for hosts that one connection is good for: the same login at the same place, by the same keys and trusted for the
 * same reasons. Names that differ in any of these must not share what one of them was granted, nor what it was refused.
 */
function connectionKey(host: SshHost, jumps: readonly SshEndpoint[]): string {
  const { user, hostName, port, identityFiles, identitiesOnly, agent, loginMethods } = host
  const { hostKeyAlias, userKnownHosts, systemKnownHosts, strictHostKeyChecking, revokedHostKeys } = host
  const login = [identityFiles.map(({ path }) => path), identitiesOnly, agent, loginMethods]
  const trust = [hostKeyAlias, userKnownHosts, systemKnownHosts, strictHostKeyChecking, revokedHostKeys]
  return JSON.stringify([user, hostName, port, jumps, host.proxyCommand, login, trust])
}

/** The TCP connection to a host, made by the host before it. */
async function openRoute(jump: SshConnection, host: SshHost, signal: AbortSignal): Promise<ChannelSocket> {
  try {
    return await jump.openTcp({ host: host.hostName, port: host.port }, signal)
  } catch (cause) {
    if (SwarmNetworksError.is(cause, 'cancelled')) throw cause
    throw sshError('unreachable', host, {
      step: 'connect',
      why: `${addressOf(jump.host)}, the host on the way, could not connect to it`,
      remedy: 'Check that the host is up, and that the one on the way may forward (AllowTcpForwarding).',
      cause,
    }).changed({ step: 'jump' })
  }
}

/** What was opened goes on for the others that wait for it. */
function orCancelled<T>(opening: Promise<T>, host: SshHost, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () =>
      reject(sshError('cancelled', host, { step: 'connect', why: 'it was cancelled', cause: signal.reason })),
    )
    opening.then(resolve, reject).finally(release)
  })
}

function goesInCircles(host: SshHost): SwarmNetworksError {
  return sshError('invalid-input', host, {
    step: 'connect',
    why: 'ProxyJump leads through the host itself',
    remedy: `Add "Host ${host.alias}" with "ProxyJump none" to ~/.ssh/config, above the entry that names the jump.`,
  })
}
