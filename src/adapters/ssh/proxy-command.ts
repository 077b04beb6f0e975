import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { Duplex } from 'node:stream'
import { stripControl } from '../../core/text/sanitize'
import { sshError } from './ssh-errors'
import type { SshHost } from './ssh-host'

/** How much of what the command says on its error output is kept, in bytes. */
const maxErrorBytes = 2_048

/**
 * The way to a host that a command of the user's SSH configuration makes, `ProxyCommand`: what it reads and writes is the
 * connection. It runs in a shell, as ssh runs it, and is ended with the stream.
 *
 * A command that ends without having said a word destroys the stream with a `SwarmNetworksError` that tells why.
 *
 * @param host one that has a `proxyCommand`
 */
export function openProxyCommand(host: SshHost, env: Readonly<Record<string, string | undefined>>): Duplex {
  // The command takes the shell's place, so that what ends it ends the right one.
  const line = process.platform === 'win32' ? (host.proxyCommand ?? '') : `exec ${host.proxyCommand ?? ''}`
  return new ProxyStream(host, spawn(line, { shell: true, stdio: 'pipe', env: { ...env } }))
}

class ProxyStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams
  #said = ''
  #hasSpoken = false

  constructor(host: SshHost, child: ChildProcessWithoutNullStreams) {
    super({ allowHalfOpen: false })
    this.#child = child
    child.stdout.on('data', (chunk: Buffer) => {
      this.#hasSpoken = true
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (this.#said.length < maxErrorBytes) this.#said += chunk.toString('utf8')
    })
    // Before it has an owner nobody listens; an error must not end the process then.
    this.on('error', () => undefined)
    child.stdin.on('error', () => undefined)
    child.on('error', (cause) => this.destroy(failure(host, `could not be run: ${cause.message}`, cause)))
    child.on('close', (status, signal) => {
      if (this.#hasSpoken) this.push(null)
      else this.destroy(failure(host, this.#end(status, signal)))
    })
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    // Where nobody reads any more the command is about to end, and how it ended says more.
    this.#child.stdin.write(chunk, () => callback())
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => callback())
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#child.kill('SIGHUP')
    this.#child.stdin.destroy()
    this.#child.stdout.destroy()
    callback(error)
  }

  #end(status: number | null, signal: NodeJS.Signals | null): string {
    const words = stripControl(this.#said.slice(0, maxErrorBytes)).trim()
    return `ended ${status === null ? `by ${signal ?? 'a signal'}` : `with status ${status}`}${words === '' ? '' : `: ${words}`}`
  }
}

function failure(host: SshHost, why: string, cause?: unknown) {
  return sshError('unreachable', host, {
    step: 'connect',
    why: `its ProxyCommand (${stripControl(host.proxyCommand ?? '')}) ${why}`,
    remedy: 'Try the same with ssh in a terminal.',
    cause,
  })
}
