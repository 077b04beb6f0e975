import type { PidFile } from '../host-facts'
import type { FactRule } from './fact-rule'
import { isRunning, linesLike, said } from './seen'

/**
 * The engine's process ID file names a process that lives and is something else: the engine takes it for itself and
 * refuses to start (moby, pkg/pidfile). One that names no process is overwritten, and does no harm.
 */
export const stalePidFile: FactRule<'stale-pid-file'> = {
  cause: 'stale-pid-file',
  find: ({ facts }) => {
    if (isRunning(facts)) return []
    return facts.pidFiles.filter(isForeign).map((file) => ({
      cause: 'stale-pid-file',
      title: `${file.path} names another process, and the engine takes that for itself`,
      severity: 'error',
      evidence: [
        `${file.path} has ${file.pid ?? 'no number'}, which is ${file.process ?? 'nothing'}.`,
        ...linesLike(facts, /pid file found|process with PID \d+ is still running|docker\.pid/)
          .slice(0, 1)
          .map(said),
      ],
      remedy: `Remove ${file.path}, then start the engine.`,
      details: file,
    }))
  },
}

function isForeign({ process }: PidFile): boolean {
  return process !== undefined && !process.startsWith('docker')
}
