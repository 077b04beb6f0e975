import { connect, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { Client } from 'ssh2'
import { SwarmNetworksError } from '../../core/errors'
import type { ConnectionPrompts, Log } from '../../core/ports/environment'
import { stripControl } from '../../core/text/sanitize'
import { onAbort } from '../on-abort'
import { Authentication, type LoginAccess } from './authentication'
import { closedEarly, explainHandshakeError } from './handshake-errors'
import { HostKeyCheck } from './host-key-check'
import { PausableDeadline } from './pausable-deadline'
import { SshConnection } from './ssh-connection'
import { sshError, type SshStep } from './ssh-errors'
import type { SshHost } from './ssh-host'
import type { Passwords } from './passwords'
import type { UnlockedKeys } from './unlocked-keys'

export interface HandshakeContext {
  readonly prompts: ConnectionPrompts
  readonly unlocked: UnlockedKeys
  readonly passwords: Passwords
  readonly log: Log
  /**
   * Milliseconds from the first packet to the proof of who we are, where the SSH configuration has no ConnectTimeout; the
   * time in which a person is asked does not count.
   */
  readonly deadlineMs: number
}

/** When a silent connection is probed where the SSH configuration does not say it. */
const usualKeepAlive = { intervalMs: 15_000, tries: 3 } as const

/** What to do about a step that never ended. */
const timeoutRemedies: Readonly<Partial<Record<SshStep, string>>> = {
  resolve: 'Check the host’s name, and the name server of this machine.',
  connect: 'Check the address and the port, and whether a firewall is in between.',
  handshake: 'Something accepts connections there but does not speak SSH; check the port.',
  authentication: 'The host is overloaded, or its login waits for something; try ssh in a terminal.',
}

/**
 * Connects to a host: resolves its name, connects, checks its key, proves who we are. Each failure names the step.
 *
 * @param route a way there that is already open, through another host; without it, a TCP connection is made
 */
export async function openSshConnection(
  host: SshHost,
  { context, route }: { readonly context: HandshakeContext; readonly route?: Duplex },
  signal: AbortSignal,
): Promise<SshConnection> {
  const handshake = new Handshake(host, context)
  try {
    return await handshake.run(route, signal)
  } finally {
    handshake.dispose()
  }
}

class Handshake {
  readonly #host: SshHost
  readonly #context: HandshakeContext
  readonly #client = new Client()
  readonly #authentication: Authentication
  readonly #deadlineMs: number
  readonly #deadline: PausableDeadline
  #step: SshStep
  #fail: (error: SwarmNetworksError) => void = () => undefined

  constructor(host: SshHost, context: HandshakeContext) {
    this.#host = host
    this.#context = context
    this.#step = isIP(host.hostName) === 0 ? 'resolve' : 'connect'
    this.#deadlineMs = host.connectTimeoutMs ?? context.deadlineMs
    this.#deadline = new PausableDeadline(this.#deadlineMs, () => this.#fail(this.#timeout()))
    this.#authentication = new Authentication(host, this.#access())
  }

  dispose(): void {
    this.#deadline.dispose()
  }

  #access(): LoginAccess {
    const { unlocked, passwords, prompts } = this.#context
    const { alias, user, port } = this.#host
    const pauseFor: LoginAccess['pauseFor'] = (answer) => this.#deadline.pauseFor(answer)
    return {
      pauseFor,
      unlock: (path, text) => pauseFor(unlocked.unlock(path, text)),
      password: () => pauseFor(passwords.get(this.#host)),
      forgetPassword: () => passwords.forget(this.#host),
      answers: (asked) => pauseFor(prompts.answerQuestions({ host: alias, user, port, ...asked })),
      giveUp: () => this.#fail(this.#authentication.failure()),
    }
  }

  async run(route: Duplex | undefined, signal: AbortSignal): Promise<SshConnection> {
    const { prompts, log } = this.#context
    const confirmHostKey: ConnectionPrompts['confirmHostKey'] = (key) =>
      this.#deadline.pauseFor(prompts.confirmHostKey(key))
    const hostKey = await HostKeyCheck.load(this.#host, { prompts: { confirmHostKey }, log })
    if (route) this.#step = 'handshake'
    // It may have ended while the known hosts were read.
    if (route?.destroyed === true)
      throw route.errored instanceof SwarmNetworksError ? route.errored : closedEarly(this.#host, this.#step)
    const socket = route ?? this.#connect()
    let release: () => void = () => undefined
    try {
      return await new Promise<SshConnection>((resolve, reject) => {
        this.#fail = reject
        release = onAbort(signal, () => reject(this.#error('cancelled', 'it was cancelled', signal.reason)))
        if (!signal.aborted) this.#start(socket, { hostKey, resolve })
      })
    } catch (error) {
      socket.destroy()
      // Trying again by itself could lock the account.
      if (this.#authentication.isPending && !SwarmNetworksError.is(error, 'cancelled'))
        throw this.#authentication.failure(error)
      throw error
    } finally {
      release()
    }
  }

  #connect(): Duplex {
    const { hostName: host, port } = this.#host
    const socket = connect({ host, port, noDelay: true })
    socket.once('lookup', () => (this.#step = 'connect'))
    socket.once('connect', () => (this.#step = 'handshake'))
    return socket
  }

  #start(
    socket: Duplex,
    { hostKey, resolve }: { readonly hostKey: HostKeyCheck; readonly resolve: (connection: SshConnection) => void },
  ): void {
    const client = this.#client
    const authentication = this.#authentication
    let remembering = Promise.resolve()
    client.on('error', (error) => this.#onError(error, authentication))
    client.on('close', () => this.#fail(closedEarly(this.#host, this.#step)))
    client.on('change password', () => this.#fail(this.#passwordExpired()))
    // The host has signed with the key it showed: only now it is worth writing down.
    client.once('handshake', () => {
      this.#step = 'authentication'
      remembering = hostKey.remember()
    })
    client.once('ready', () => {
      const connection = new SshConnection(this.#host, client, socket)
      void remembering.then(() => resolve(connection))
    })
    const { keepAlive = usualKeepAlive } = this.#host
    client.connect({
      sock: socket,
      username: this.#host.user,
      algorithms: { serverHostKey: hostKey.algorithms },
      hostVerifier: (key: Buffer, verdict: (isTrusted: boolean) => void) => this.#verify(key, { hostKey, verdict }),
      authHandler: authentication.handler,
      keepaliveInterval: keepAlive.intervalMs,
      keepaliveCountMax: keepAlive.tries,
      // The deadline here knows the step, and stands still while a person is asked.
      readyTimeout: 0,
      // Hosts that are no OpenSSH may forward sockets too; those that do not will say so.
      strictVendor: false,
    })
  }

  #verify(
    key: Buffer,
    { hostKey, verdict }: { readonly hostKey: HostKeyCheck; readonly verdict: (isTrusted: boolean) => void },
  ): void {
    this.#step = 'host-key'
    hostKey.verify(key).then(
      () => verdict(true),
      (error: unknown) => {
        this.#fail(error instanceof SwarmNetworksError ? error : this.#error('protocol', String(error), error))
        verdict(false)
      },
    )
  }

  #onError(error: Error, authentication: Authentication): void {
    const level = 'level' in error ? error.level : undefined
    // A key that could not sign: the next one is tried, and the key ring remembers why.
    if (level === 'agent') return
    // The way there says itself what happened to it.
    if (error instanceof SwarmNetworksError) {
      this.#fail(error)
      return
    }
    // At this step a goodbye with a reason ("Too many authentication failures") is a refusal as well.
    const isRefused = level === 'client-authentication' || (level === undefined && this.#step === 'authentication')
    this.#fail(isRefused ? authentication.failure(error) : explainHandshakeError(error, this.#host, this.#step))
  }

  #passwordExpired(): SwarmNetworksError {
    return sshError('unauthorized', this.#host, {
      step: 'authentication',
      why: 'the password has expired',
      remedy: 'Change it with ssh in a terminal, then connect again.',
    })
  }

  #timeout(): SwarmNetworksError {
    return sshError('timeout', this.#host, {
      step: this.#step,
      why: `no answer within ${this.#deadlineMs / 1_000} s`,
      remedy:
        this.#host.proxyCommand === undefined
          ? timeoutRemedies[this.#step]
          : `Its way is the ProxyCommand ${stripControl(this.#host.proxyCommand)}: try the same with ssh in a terminal.`,
    })
  }

  #error(code: 'cancelled' | 'protocol', why: string, cause: unknown): SwarmNetworksError {
    return sshError(code, this.#host, { step: this.#step, why, cause })
  }
}
