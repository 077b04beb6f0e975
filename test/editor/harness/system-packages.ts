import { access, constants, readdir, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command'

interface Need {
  readonly packages: readonly string[]
  readonly isPresent: () => Promise<boolean>
}

const needs: readonly Need[] = [
  { packages: ['chromium'], isPresent: async () => (await findChromium()) !== undefined },
  { packages: ['g++'], isPresent: async () => (await findOnPath(['g++', 'c++'])) !== undefined },
  { packages: ['make'], isPresent: async () => (await findOnPath(['make'])) !== undefined },
  { packages: ['python3'], isPresent: async () => (await findOnPath(['python3'])) !== undefined },
  // Screenshots are evidence: text needs a font with real glyphs, box drawing and symbols included.
  { packages: ['fonts-dejavu-core'], isPresent: async () => await hasFont('DejaVuSansMono') },
  { packages: ['fonts-noto-color-emoji'], isPresent: async () => await hasFont('NotoColorEmoji') },
]

const pathFolders = () => (process.env['PATH'] ?? '').split(delimiter)

/** The first of the programs that is in one of the folders (those of PATH unless told), as an absolute path. */
export async function findOnPath(programs: readonly string[], folders = pathFolders()): Promise<string | undefined> {
  for (const program of programs) {
    for (const folder of folders) {
      if (folder === '') continue
      const path = join(folder, program)
      if (await isExecutable(path)) return path
    }
  }
  return undefined
}

/** The browser that shows the workbench: `SWARM_EDITOR_CHROMIUM`, or one on PATH. */
export async function findChromium(): Promise<string | undefined> {
  const chosen = process.env['SWARM_EDITOR_CHROMIUM']
  if (chosen !== undefined && chosen !== '') return chosen
  return await findOnPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'])
}

/**
 * Makes sure that the browser, the compiler for native modules and the fonts are there, through apt-get where that is possible.
 *
 * @throws Error that names what is missing and how to install it, when this is not root on Debian or apt-get fails.
 */
export async function ensureSystemPackages(log: (message: string) => void): Promise<void> {
  const missing: string[] = []
  for (const need of needs) if (!(await need.isPresent())) missing.push(...need.packages)
  if (missing.length === 0) return
  const list = missing.join(' ')
  const aptGet = await findOnPath(['apt-get'])
  if (aptGet === undefined || process.getuid?.() !== 0) {
    throw new Error(
      `The editor tests need ${list}. As root on Debian they are installed by themselves; here, install them first ` +
        `(on Debian or Ubuntu: sudo apt-get install --no-install-recommends ${list}).`,
    )
  }
  log(`installing Debian packages: ${list}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const lock = ['-o', 'DPkg::Lock::Timeout=300']
  await runCommand(aptGet, [...lock, 'update', '-q'], { env })
  await runCommand(aptGet, [...lock, 'install', '-q', '-y', '--no-install-recommends', ...missing], { env })
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    // It is not there, or not for us.
    return false
  }
}

async function hasFont(namePart: string): Promise<boolean> {
  const files = await readdir('/usr/share/fonts', { recursive: true }).catch(() => [])
  return files.some((file) => file.includes(namePart))
}
