import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../machines/credentials'
import type { Generation } from '../machines/spec'
import { runCommand } from '../support/run-command'
import type { LabTask } from '../support/task'
import { installPrograms } from './debian'
import { imageFolder, packagesOf, setupFolder } from './recipe'

const bootstrapWithinMs = 15 * 60_000

/** What a machine has no use for; leaving it out makes the image a quarter smaller. */
const unused = ['man', 'doc', 'locale', 'info', 'zsh'].map((folder) => `/usr/share/${folder}/*`)

/**
 * A machine's root file system as a tar file, from the cache or made now: Debian's packages, unpacked, and setup.sh run
 * in them.
 * @param key tells root file systems of different recipes apart.
 * @throws LabError where this is not Debian or we are not root.
 */
export async function ensureRootfs(generation: Generation, key: string, task: LabTask): Promise<string> {
  const { paths, signal } = task
  const file = join(paths.rootfs, `${key}.tar`)
  if (await exists(file)) return file
  await installPrograms({ mmdebstrap: 'mmdebstrap', unshare: 'util-linux' }, task)
  const work = join(paths.cache, `bootstrap-${generation}`)
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  await mkdir(paths.rootfs, { recursive: true })
  try {
    const draft = join(work, 'rootfs.tar')
    const mirror = await ownMirror(signal)
    await runCommand([...bootstrapCommand(generation, draft), ...mirror], {
      signal,
      timeoutMs: bootstrapWithinMs,
      env: { ...process.env, TMPDIR: work, LAB_IMAGE_FOLDER: imageFolder },
    })
    await rename(draft, file)
    return file
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Where this machine has its own Debian packages from; none where apt does not say, and mmdebstrap takes its default. */
async function ownMirror(signal: AbortSignal): Promise<readonly string[]> {
  const fields = ['apt-get', 'indextargets', '--format', '$(REPO_URI)'] as const
  const isMain = ['Created-By: Packages', 'Origin: Debian', 'Component: main', 'Label: Debian'] as const
  const output = await runCommand([...fields, ...isMain], { signal, timeoutMs: 30_000 })
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 1)
}

/** The command that writes the root file system; what it mounts vanishes with it. */
function bootstrapCommand(generation: Generation, file: string): readonly [string, ...string[]] {
  const hook = (script: string): string => `--customize-hook=${script}`
  return [
    ...(['unshare', '--mount', 'mmdebstrap', '--mode=root', '--format=tar', '--variant=minbase'] as const),
    `--include=${packagesOf(generation).join(',')}`,
    ...unused.map((path) => `--dpkgopt=path-exclude=${path}`),
    hook(`mkdir -p "$1${setupFolder}" && cp "$LAB_IMAGE_FOLDER"/* "$1${setupFolder}/"`),
    hook(`chroot "$1" sh ${setupFolder}/setup.sh`),
    ...[generation, file],
  ]
}
