import { execFileSync } from 'node:child_process'
import { runNode } from './run.mjs'

const tool = ['node_modules/tsx/dist/cli.mjs', 'test/lab/tool.ts']

/**
 * Brings the lab up once for all gates that use it. Where that fails, the gates themselves try again and say why.
 *
 * @returns `close()`, which takes it down again unless somebody had it before.
 */
export async function openLab() {
  const wasThere = isThere()
  await runNode([...tool, 'up'])
  return {
    close: async () => {
      if (!wasThere) await runNode([...tool, 'down'])
    },
  }
}

function isThere() {
  try {
    execFileSync(process.execPath, [...tool, 'status', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
    return true
  } catch (error) {
    const answer = error.stdout.toString()
    // Whoever cannot tell leaves it alone.
    if (!answer.startsWith('{')) return true
    // Not all of it is up; a lab that is only half up has a description all the same.
    return 'lab' in JSON.parse(answer)
  }
}
