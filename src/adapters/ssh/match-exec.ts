import { spawn } from 'node:child_process'
import type { LocalMachine } from '../sources/local-machine'

/** How long a command of `Match exec` may take, in milliseconds. */
const deadlineMs = 5_000

/**
 * Whether a command line that the user's SSH configuration has in a `Match exec` ends with status 0. It runs in a shell, as
 * ssh runs it; one that does not end in time counts as failed.
 */
export function succeeds(commandLine: string, { env }: Pick<LocalMachine, 'env'>): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(commandLine, { shell: true, stdio: 'ignore', env: { ...env }, timeout: deadlineMs })
    child.once('error', () => resolve(false))
    child.once('exit', (status) => resolve(status === 0))
  })
}
