import type { HostCommand } from '../ports/host-shell'

/** How commands become root's on one host. */
export type RootWay =
  /** Who logs in is root. */
  | { readonly kind: 'root' }
  /** `sudo` asks for nothing. */
  | { readonly kind: 'sudo' }
  /** `sudo` wants the password of who logs in. */
  | { readonly kind: 'sudo-password'; readonly password: string }

/** The exit status of a command that was not begun because sudo did not read the password. */
export const unreadPassword = 97

/** What follows the password on the standard input. It is no secret: it only shows where the password ends. */
const mark = 'swarm-networks: the input begins here'

/**
 * Runs its arguments only if the first line that is left of the input is the mark. A sudo that needs no password leaves
 * it in the input, where the command would take it for its own: written to a file, or printed.
 */
const guard = `IFS= read -r line && [ "$line" = '${mark}' ] || exit ${unreadPassword}; exec "$@"`

/**
 * A command as root runs it. The one place where sudo is put together: the password is the first line of the standard
 * input, never an argument, and is asked for each time (`-k`), so that it is known who reads it; the prompt is empty
 * (sudo(8)). Both ways lead through `/bin/sh`, so that the probe (`probeRoot`) says something about every command.
 *
 * @throws RangeError for a password of more than one line
 */
export function asRoot(command: HostCommand, way: RootWay): HostCommand {
  switch (way.kind) {
    case 'root':
      return command
    case 'sudo':
      return { ...command, command: ['sudo', '-n', '--', '/bin/sh', '-c', 'exec "$@"', 'sh', ...command.command] }
    case 'sudo-password':
      return {
        ...command,
        command: ['sudo', '-k', '-S', '-p', '', '--', '/bin/sh', '-c', guard, 'sh', ...command.command],
        input: `${oneLine(way.password)}\n${mark}\n${command.input ?? ''}`,
      }
  }
}

/** Asks whether a way leads to root; `readProbe` reads the answer. Without cached credentials, in English. */
export function probeRoot(way: Exclude<RootWay, { kind: 'root' }>): HostCommand {
  const deadlineMs = 30_000
  const asking = ['env', 'LC_ALL=C', 'sudo', '-k']
  const command = ['--', '/bin/sh', '-c', ':']
  return way.kind === 'sudo'
    ? { command: [...asking, '-n', ...command], deadlineMs }
    : // Nothing after the password: a second line would count as a second attempt.
      { command: [...asking, '-S', '-p', '', ...command], input: `${oneLine(way.password)}\n`, deadlineMs }
}

/** Whether a way leads to root, or why it does not. */
export type ProbeAnswer =
  | 'root'
  | 'needs-password'
  | 'wrong-password'
  /** This user is not among those whom sudo lets. */
  | 'not-allowed'
  | 'no-sudo'
  /** sudo is set up to want a terminal (`requiretty`). */
  | 'needs-terminal'
  | 'unknown'

/** The answer to `probeRoot`, from sudo's own messages (plugins/sudoers and src/ of sudo 1.8 and 1.9). */
export function readProbe({ code, stderr }: { readonly code?: number; readonly stderr: string }): ProbeAnswer {
  if (code === 0) return 'root'
  if (code === 127 || /sudo.?: (command )?not found|No such file or directory/.test(stderr)) return 'no-sudo'
  if (/not in the sudoers file|not allowed to (execute|run)|may not run sudo/.test(stderr)) return 'not-allowed'
  if (/must have a tty|a terminal is required/.test(stderr)) return 'needs-terminal'
  if (/incorrect password attempt|try again|Authentication failure/i.test(stderr)) return 'wrong-password'
  return /a password is required|no password was provided/.test(stderr) ? 'needs-password' : 'unknown'
}

function oneLine(password: string): string {
  if (/[\n\r]/.test(password)) throw new RangeError('A password has one line')
  return password
}
