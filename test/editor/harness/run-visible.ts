import { spawn } from 'node:child_process'
import { repositoryRoot } from './artifacts'

/**
 * Runs a Node.js program of the repository with its output visible, and gives its exit status. This process outlives a
 * signal for as long as the program needs to clean up.
 */
export async function runVisible(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: repositoryRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  const forward = () => void child.kill('SIGTERM')
  // Ctrl+C reaches the program by itself: a terminal sends it to the whole group.
  const wait = () => undefined
  process.on('SIGTERM', forward).on('SIGINT', wait)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    })
  } finally {
    process.off('SIGTERM', forward).off('SIGINT', wait)
  }
}
