import { spawn } from 'node:child_process'
import { clearInterval, setInterval } from 'node:timers'

/** Set by the first signal: what runs may come to its end, and nothing further is begun. */
export const interruption = { signal: undefined }

let running

function interrupt(signal) {
  interruption.signal ??= signal
  // Ctrl+C reaches the child by itself: a terminal sends it to the whole group.
  if (signal !== 'SIGINT') running?.kill('SIGTERM')
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt(signal))

// npm that is told to end takes the shell between it and us with it, and we hear nothing.
const parent = process.ppid
const watch = setInterval(() => {
  if (process.env['npm_lifecycle_event'] === undefined || process.ppid === parent) return
  clearInterval(watch)
  interrupt('SIGTERM')
}, 500).unref()

/**
 * Runs a program with its output visible.
 *
 * @returns its exit status; 1 for an end by a signal.
 */
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    running = child
    child.once('error', reject)
    child.once('close', (code) => {
      running = undefined
      resolve(code ?? 1)
    })
  })
}

export const runNode = (args) => run(process.execPath, args)
