import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeError } from '../../core/errors'
import { isMissing } from '../is-missing'
import type { Log } from '../../core/ports/environment'
import { parseKnownHosts, type KnownHostEntry } from './known-hosts'

/** All entries of these files, in order; files that do not exist are nothing unusual. */
export async function readKnownHosts(files: readonly string[], log: Log): Promise<readonly KnownHostEntry[]> {
  const lists = await Promise.all(
    files.map(async (file) => {
      try {
        return parseKnownHosts(await readFile(file, 'utf8'), file)
      } catch (error) {
        if (!isMissing(error)) log.warn(`The known hosts in ${file} cannot be read: ${describeError(error)}`)
        return []
      }
    }),
  )
  return lists.flat()
}

/**
 * Appends a line, in one write, so that two programs that do it at the same time do not tear each other's lines. A new
 * file is readable for its owner only, and so is a new folder.
 */
export async function appendKnownHost(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    // Editors leave files without a last line end.
    const separator = size > 0 && last.toString() !== '\n' ? '\n' : ''
    await handle.appendFile(`${separator}${line}\n`)
  } finally {
    await handle.close()
  }
}
