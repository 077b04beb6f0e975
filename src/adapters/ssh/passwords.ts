import type { ConnectionPrompts } from '../../core/ports/environment'
import type { SshHost } from './ssh-host'

/**
 * Passwords that were given, kept in memory as long as the session lasts, so that a lost connection is made anew without a
 * question. One that was refused is forgotten.
 */
export class Passwords {
  readonly #prompts: Pick<ConnectionPrompts, 'askPassword'>
  readonly #given = new Map<string, string>()

  constructor(prompts: Pick<ConnectionPrompts, 'askPassword'>) {
    this.#prompts = prompts
  }

  /** The password for a login, or undefined where it was not given. */
  async get(host: SshHost): Promise<string | undefined> {
    const known = this.#given.get(loginOf(host))
    if (known !== undefined) return known
    const { user, alias, port } = host
    const password = await this.#prompts.askPassword({ user, host: alias, port })
    if (password !== undefined) this.#given.set(loginOf(host), password)
    return password
  }

  forget(host: SshHost): void {
    this.#given.delete(loginOf(host))
  }
}

function loginOf({ user, hostName, port }: SshHost): string {
  return JSON.stringify([user, hostName, port])
}
