import { readdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findOnPath } from './system-packages'

const launchers = ['code', 'code-insiders', 'codium', 'code.cmd', 'code-insiders.cmd', 'codium.cmd']

/**
 * The program of an installed VS Code: `SWARM_VSCODE_EXECUTABLE`, or the one to which a launcher on PATH belongs. The
 * launcher itself will not do: it starts the editor and ends at once.
 */
export async function findDesktopEditor(): Promise<string | undefined> {
  const chosen = process.env['SWARM_VSCODE_EXECUTABLE']
  if (chosen !== undefined && chosen !== '') return chosen
  const launcher = await findOnPath(launchers)
  if (launcher === undefined) return undefined
  const bin = dirname(await realpath(launcher))
  // Linux and Windows: bin/code beside the program. macOS: Contents/Resources/app/bin/code and Contents/MacOS/….
  return (
    (await findOnPath(['code', 'code-insiders', 'codium'], [join(bin, '..')])) ??
    (await firstOf(join(bin, '..'), /^(Code|Code - Insiders|VSCodium)\.exe$/)) ??
    (await firstOf(join(bin, '..', '..', '..', 'MacOS'), /./))
  )
}

async function firstOf(folder: string, pattern: RegExp): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => [])
  const name = names.find((candidate) => pattern.test(candidate))
  return name === undefined ? undefined : join(folder, name)
}
