import { SwarmNetworksError } from '../../core/errors'
import type { RootPrompts } from '../../core/ports/environment'
import type { HostCommand, HostCommandResult, HostShell } from '../../core/ports/host-shell'
import { asRoot, probeRoot, readProbe, unreadPassword, type ProbeAnswer, type RootWay } from '../../core/repair/as-root'
import { singleLine } from '../../core/text/single-line'

/** Commands as root, over a shell that somebody else owns. */
export interface RootShell {
  /** As `HostShell.run`. */
  run(command: HostCommand, signal: AbortSignal): Promise<HostCommandResult>
}

/** How often a password is asked for before it is given up: as often as sudo would ask. */
const attempts = 3

/**
 * Makes commands root's on hosts: as they are where root logs in, with `sudo -n` where that works, else with a password
 * that a person is asked for. What worked is kept in memory until the window closes, and nowhere else; beyond that only
 * the prompts may keep it, if the user says so.
 */
export class RootAccess {
  readonly #prompts: RootPrompts
  /** By login: the passwords that worked. */
  readonly #passwords = new Map<string, string>()

  constructor(prompts: RootPrompts) {
    this.#prompts = prompts
  }

  /**
   * Root's commands on the shell's host, without asking anybody; undefined where a password would be needed, or no way
   * leads to root.
   */
  async openQuietly(shell: HostShell, signal: AbortSignal): Promise<RootShell | undefined> {
    const way = await this.#quietWay(shell, signal)
    return typeof way === 'string' ? undefined : rootShell(shell, way)
  }

  /**
   * Root's commands on the shell's host. May ask for a password, three times at most.
   *
   * @throws `permission-denied` where no way leads to root, `cancelled` where the user gives no password
   */
  async open(shell: HostShell, signal: AbortSignal): Promise<RootShell> {
    const way = await this.#quietWay(shell, signal)
    if (typeof way !== 'string') return rootShell(shell, way)
    if (way !== 'needs-password') throw noRoot(shell, way)
    return rootShell(shell, await this.#ask(shell, signal))
  }

  async #quietWay(shell: HostShell, signal: AbortSignal): Promise<RootWay | Exclude<ProbeAnswer, 'root'>> {
    if (shell.user === 'root') return { kind: 'root' }
    const known = this.#passwords.get(loginOf(shell))
    if (known !== undefined) {
      const way: RootWay = { kind: 'sudo-password', password: known }
      if ((await probe(shell, way, signal)) === 'root') return way
      this.#passwords.delete(loginOf(shell))
    }
    const way: RootWay = { kind: 'sudo' }
    const answer = await probe(shell, way, signal)
    return answer === 'root' ? way : answer
  }

  async #ask(shell: HostShell, signal: AbortSignal): Promise<RootWay> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const password = await this.#prompts.askRootPassword({ user: shell.user, host: shell.host, attempt })
      if (password === undefined || signal.aborted)
        throw new SwarmNetworksError('cancelled', 'No password was given', { host: shell.host })
      const way: RootWay = { kind: 'sudo-password', password }
      const answer = await probe(shell, way, signal)
      if (answer === 'root') {
        this.#passwords.set(loginOf(shell), password)
        return way
      }
      if (answer !== 'wrong-password' && answer !== 'needs-password') throw noRoot(shell, answer)
    }
    throw noRoot(shell, 'wrong-password')
  }
}

async function probe(
  shell: HostShell,
  way: Exclude<RootWay, { kind: 'root' }>,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  return readProbe(await shell.run(probeRoot(way), signal))
}

function rootShell(shell: HostShell, way: RootWay): RootShell {
  return {
    async run(command, signal) {
      const result = await shell.run(asRoot(command, way), signal)
      if (way.kind !== 'sudo-password' || result.code !== unreadPassword) return result
      // The rules changed after the password was tried: it asks for none any more. Nothing was run.
      return shell.run(asRoot(command, { kind: 'sudo' }), signal)
    },
  }
}

function loginOf({ user, host }: HostShell): string {
  return `${user}@${host}`
}

function noRoot({ user, host }: HostShell, answer: Exclude<ProbeAnswer, 'root'>): SwarmNetworksError {
  const who = singleLine(user)
  const why: Readonly<Record<typeof answer, string>> = {
    'needs-password': 'sudo wants a password',
    'wrong-password': 'sudo refused the password',
    'not-allowed': 'sudo does not let this user',
    'no-sudo': 'there is no sudo',
    'needs-terminal': 'sudo wants a terminal (requiretty)',
    unknown: 'sudo refuses',
  }
  return new SwarmNetworksError('permission-denied', `${who} cannot become root: ${why[answer]}`, {
    host,
    remedy: 'Connect as root or as a user whom sudo lets, or have somebody who may run the commands on the host.',
  })
}
