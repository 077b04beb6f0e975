// Runs a program in a process group of its own for as long as standard input stays open, then ends the whole group and
// removes a folder. The one who started this may be killed at any time: the closing pipe says so, and nothing is left behind.
//
//   node guard.mjs FOLDER PROGRAM ARGUMENT…
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const [folder, program, ...args] = process.argv.slice(2)
const child = spawn(program, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })

const signalGroup = (signal) => {
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

const finish = (status) => {
  // Whatever outlived the leader; a program that could not be started has no group.
  if (child.pid !== undefined) signalGroup('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  process.exit(status)
}

const stop = () => {
  child.kill('SIGTERM')
  setTimeout(() => finish(0), 3000).unref()
}

child.once('error', (error) => {
  console.error(error.message)
  finish(127)
})
child.once('exit', (code) => finish(code ?? 1))
process.stdin.once('end', stop).resume()
process.once('SIGTERM', stop)
// The reader of our output may be gone; that is no reason to leave the group running.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
