import { setTimeout as sleep } from 'node:timers/promises'
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScriptRun {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
  readonly ms: number
  /** Processes that the script started and that still live. */
  readonly left: readonly string[]
}

/** The shells of this machine that the probe has to run in; /bin/sh is on every one. */
export const shells: readonly (readonly string[])[] = [['/bin/sh'], ['dash'], ['bash'], ['busybox', 'ash']].filter(
  ([command = '', ...args]) =>
    spawnSync(command, [...args, '-c', 'exit 7']).status === 7 &&
    // Often /bin/sh is dash.
    !(command === 'dash' && realpathSync('/bin/sh').endsWith('/dash')),
)

/** Busybox as Debian builds it prefers its own applets to what is in PATH: tools cannot be played to it. */
export const shellsThatUsePath = shells.filter(([command]) => command !== 'busybox')

/** What every image with a shell has beside it. */
const basics = ['sleep', 'dd', 'cat']

/** A folder for PATH with the basics and these tools, each a shell script that plays the tool. */
export function toolbox(tools: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-tools-'))
  for (const name of basics) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(found, join(folder, name))
  }
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

/** A killed process is still listed for a moment: what is left is what has not gone within a second. */
async function leftWith(mark: string): Promise<readonly string[]> {
  for (let tries = 0; tries < 20; tries++) {
    if (processesWith(mark).length === 0) return []
    await sleep(50)
  }
  return processesWith(mark)
}

/** Runs a script as an exec does: it leads a process group of its own, has no terminal and nothing to read. */
export function runScript(
  script: string,
  [command = '', ...args]: readonly string[],
  path: string,
): Promise<ScriptRun> {
  const mark = randomUUID()
  const begin = Date.now()
  const shell = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim()
  const child = spawn(shell, [...args, '-c', script], {
    detached: true,
    env: { PATH: path, PROBE_TEST_MARK: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      const ms = Date.now() - begin
      void leftWith(mark).then((left) => resolve({ stdout, stderr, code, ms, left }))
    })
  })
}

function processesWith(mark: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)) return []
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()]
      } catch {
        // It ended, or belongs to somebody else.
        return []
      }
    })
}
