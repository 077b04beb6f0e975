import { readFile } from 'node:fs/promises'
import type { ServerHostKeyAlgorithm } from 'ssh2'
import { describeError, type SwarmNetworksError } from '../../core/errors'
import type { ConnectionPrompts, Log } from '../../core/ports/environment'
import { shellQuote } from '../../core/text/shell-quote'
import { appendKnownHost, readKnownHosts } from './known-host-files'
import {
  entriesFor,
  fingerprint,
  judgeHostKey,
  keyType,
  knownHostLine,
  knownHostName,
  parseRevokedKeys,
  type HostKeyVerdict,
  type KnownHostEntry,
} from './known-hosts'
import { sshError } from './ssh-errors'
import type { SshHost } from './ssh-host'

export interface HostKeyContext {
  readonly prompts: Pick<ConnectionPrompts, 'confirmHostKey'>
  readonly log: Log
}

/** The signature algorithms that a type of key goes with, best first (RFC 8332); those that ssh2 knows. */
const algorithmsOf: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
}

/** The keys of RevokedHostKeys. As with ssh, a list that cannot be read is no reason to trust anybody. */
async function readRevoked(host: SshHost): Promise<readonly KnownHostEntry[]> {
  const { revokedHostKeys: file } = host
  if (file === undefined) return []
  const refuse = (why: string, cause?: unknown) =>
    sshError('unsupported', host, {
      step: 'host-key',
      why: `the revoked keys in ${file} (RevokedHostKeys) cannot be read: ${why}`,
      remedy: 'Name a text file with one public key a line there, or take the setting out.',
      cause,
    })
  let text: string
  try {
    text = await readFile(file, 'latin1')
  } catch (error) {
    throw refuse(describeError(error), error)
  }
  if (text.startsWith('SSHKRL')) throw refuse('it is a binary list (ssh-keygen -k), and those are not supported')
  return parseRevokedKeys(text, file)
}

/** Decides whether a host is the one it should be. One of these for each connection. */
export class HostKeyCheck {
  readonly #host: SshHost
  readonly #context: HostKeyContext
  readonly #name: string
  readonly #entries: readonly KnownHostEntry[]
  /** The key that this connection goes by; hosts show it again whenever they renew the session's keys. */
  #accepted: Buffer | undefined
  #isNew = false

  private constructor(host: SshHost, entries: readonly KnownHostEntry[], context: HostKeyContext) {
    this.#host = host
    this.#context = context
    this.#name = host.hostKeyAlias?.toLowerCase() ?? knownHostName(host.hostName, host.port)
    this.#entries = entriesFor(entries, this.#name)
  }

  static async load(host: SshHost, context: HostKeyContext): Promise<HostKeyCheck> {
    const files = [...host.userKnownHosts, ...host.systemKnownHosts]
    const [known, revoked] = await Promise.all([readKnownHosts(files, context.log), readRevoked(host)])
    return new HostKeyCheck(host, [...revoked, ...known], context)
  }

  /**
   * The algorithms to ask for: those of the known keys before all others, because a host with several keys shows the one
   * that is asked for first, and an unexpected one would look like a changed one.
   */
  get algorithms(): ServerHostKeyAlgorithm[] {
    const known = this.#entries.filter(({ marker }) => marker === undefined).flatMap((e) => algorithmsOf[e.type] ?? [])
    return [...new Set([...known, ...Object.values(algorithmsOf).flat()])]
  }

  /**
   * Returns where the key is trusted; a key that nobody knows is shown to the user, unless the SSH configuration decides.
   *
   * @throws `host-key-changed` for a key that is not the known one, or is revoked: the user is never asked about that;
   * `host-key-unknown` for one that was not confirmed
   */
  async verify(key: Buffer): Promise<void> {
    if (this.#accepted?.equals(key) === true) return
    const verdict = judgeHostKey(this.#entries, key)
    if (this.#accepted !== undefined || (verdict.kind !== 'known' && verdict.kind !== 'unknown'))
      throw this.#refusal(verdict, key)
    if (verdict.kind === 'unknown') {
      await this.#confirm(key)
      this.#isNew = true
    }
    this.#accepted = key
  }

  /** Writes a newly confirmed key down. To be called when the host has proved that the key is its own. */
  async remember(): Promise<void> {
    if (!this.#isNew || !this.#accepted) return
    this.#isNew = false
    const file = this.#host.userKnownHosts[0]
    if (file === undefined) return
    try {
      await appendKnownHost(file, knownHostLine(this.#name, this.#accepted, this.#host.hashKnownHosts))
      this.#context.log.info(`Added the key of ${this.#host.alias} (${fingerprint(this.#accepted)}) to ${file}`)
    } catch (error) {
      // It was confirmed, so the connection is good; only the question comes again next time.
      this.#context.log.warn(`The key of ${this.#host.alias} could not be added to ${file}: ${describeError(error)}`)
    }
  }

  async #confirm(key: Buffer): Promise<void> {
    const { alias, port, strictHostKeyChecking } = this.#host
    if (strictHostKeyChecking === 'accept-new') return
    const shown = { type: keyType(key), fingerprint: fingerprint(key) }
    const unknown = `its key ${shown.fingerprint} (${shown.type}) is not known`
    if (strictHostKeyChecking === 'yes')
      throw this.#error('host-key-unknown', {
        why: `${unknown}, and StrictHostKeyChecking forbids to ask`,
        remedy: `Compare the fingerprint on the host, then add its key to ${this.#host.userKnownHosts[0] ?? 'the known hosts'}.`,
      })
    if (!(await this.#context.prompts.confirmHostKey({ host: alias, port, ...shown })))
      throw this.#error('host-key-unknown', {
        why: `${unknown}, and it was not confirmed`,
        remedy:
          'Connect again to be asked again; compare the fingerprint with: ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub',
      })
  }

  #refusal(verdict: HostKeyVerdict, key: Buffer): SwarmNetworksError {
    const shown = `${fingerprint(key)} (${keyType(key)})`
    if (!('entry' in verdict))
      return this.#error('host-key-changed', { why: `it showed another key in the middle of the session: ${shown}` })
    const { entry, kind } = verdict
    const place = `${entry.file}, line ${entry.line}`
    switch (kind) {
      case 'revoked':
        return this.#error('host-key-changed', {
          why: `its key ${shown} is revoked in ${place}`,
          remedy: 'Do not go on: whoever has that key is not to be trusted. Ask the host’s administrator.',
        })
      case 'certificate-only':
        return this.#error('host-key-unknown', {
          why: `only its certificate authority is known (@cert-authority in ${place}), and host certificates are not supported`,
          remedy: `Add the host’s own key to ${this.#host.userKnownHosts[0] ?? 'the known hosts'}.`,
        })
      case 'changed':
        return this.#error('host-key-changed', {
          why: `its key has changed: it shows ${shown}, but ${place} has ${fingerprint(entry.key)} (${entry.type})`,
          remedy: `Somebody may be listening in between. If the host was set up anew, remove the old key: ${shellQuote([
            'ssh-keygen',
            '-R',
            this.#name,
            '-f',
            entry.file,
          ])}`,
        })
    }
  }

  #error(
    code: 'host-key-changed' | 'host-key-unknown',
    failure: { readonly why: string; readonly remedy?: string },
  ): SwarmNetworksError {
    return sshError(code, this.#host, { step: 'host-key', ...failure })
  }
}
