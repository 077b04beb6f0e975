import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import type { LocalMachine } from '../../../../src/adapters/sources/local-machine'
import type { Clock } from '../../../../src/core/ports/environment'

const made: string[] = []

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A folder of its own, removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'swarm-networks-')))
  made.push(folder)
  return folder
}

/** Writes a file and the folders above it. */
export async function write(path: string, content: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content, { mode })
}

export function aMachine(machine: Partial<LocalMachine> = {}): LocalMachine {
  return { platform: 'linux', env: {}, home: '/home/me', user: 'me', ...machine }
}

export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    return { dispose: () => clearTimeout(timer) }
  },
}
