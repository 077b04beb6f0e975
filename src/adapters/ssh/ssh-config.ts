import { readdir, readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { parse, type Line } from 'ssh-config'
import { SwarmNetworksError, describeError } from '../../core/errors'
import { expandHome, pathsOf, type LocalMachine } from '../sources/local-machine'
import { matchesPattern, matchesPatternList } from './host-pattern'

/** Where SSH's files are. */
export interface SshFolders {
  readonly machine: LocalMachine
  /** `~/.ssh` */
  readonly user: string
  /** `/etc/ssh`, or `%PROGRAMDATA%\ssh` */
  readonly system: string
}

export function sshFolders(machine: LocalMachine): SshFolders {
  const paths = pathsOf(machine)
  const system =
    machine.platform === 'win32' ? paths.join(machine.env['PROGRAMDATA'] ?? 'C:/ProgramData', 'ssh') : '/etc/ssh'
  return { machine, user: paths.join(machine.home, '.ssh'), system }
}

/** The values of one keyword, and the file that they are from. */
export interface ConfigValue {
  readonly args: readonly string[]
  readonly file: string
}

export interface ConfigReading {
  /** By keyword in small letters. More than one value only where the keyword gathers them. */
  readonly values: ReadonlyMap<string, readonly ConfigValue[]>
  /** What could not be read or judged, and was passed over; for the log and for the text of a failure. */
  readonly notes: readonly string[]
}

/** Keywords whose values add up; of all others the first one obtained counts (ssh_config(5)). */
const gathering: readonly string[] = ['identityfile', 'certificatefile']

/** Whichever of these comes first turns the other off (ssh_config(5), ProxyJump). */
const rivals: Readonly<Record<string, string>> = { proxyjump: 'proxycommand', proxycommand: 'proxyjump' }

const deepestInclude = 16

/**
 * What the user's and the system's SSH configuration say for a host, as `ssh ALIAS` would read it: Host patterns, Include
 * and the criteria of Match that need no program to be run. The `ssh-config` package parses the lines; they are applied
 * here, because its own `compute` follows no Include and may run commands.
 *
 * @param query the name that was asked for, and the user where one was named
 * @throws `invalid-input` for a file that is not understood, with its name
 */
export async function readSshConfig(
  query: { readonly alias: string; readonly user?: string },
  folders: SshFolders,
): Promise<ConfigReading> {
  const reader = new Reader(query, folders.machine)
  await reader.readFile(join(folders.user, 'config'), folders.user, 0)
  await reader.readFile(join(folders.system, 'ssh_config'), folders.system, 0)
  return reader
}

class Reader implements ConfigReading {
  readonly values = new Map<string, ConfigValue[]>()
  readonly notes: string[] = []
  readonly #query: { readonly alias: string; readonly user?: string }
  readonly #machine: LocalMachine

  constructor(query: { readonly alias: string; readonly user?: string }, machine: LocalMachine) {
    this.#query = query
    this.#machine = machine
  }

  async readFile(file: string, folder: string, depth: number): Promise<void> {
    if (depth > deepestInclude) throw notUnderstood(file, 'files include each other without end')
    let text: string
    try {
      text = await readFile(file, 'utf8')
    } catch (error) {
      // A missing file is nothing unusual; one that may not be read is passed over by ssh too.
      if (!isMissing(error)) this.notes.push(`${file} cannot be read: ${describeError(error)}`)
      return
    }
    let lines: readonly Line[]
    try {
      lines = parse(text)
    } catch (cause) {
      throw notUnderstood(file, describeError(cause), cause)
    }
    await this.#apply(lines, { file, folder, depth })
  }

  async #apply(
    lines: readonly Line[],
    at: { readonly file: string; readonly folder: string; readonly depth: number },
  ): Promise<void> {
    for (const line of lines) {
      if (!('param' in line)) continue
      const keyword = line.param.toLowerCase()
      const args = typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val)
      if ('config' in line) {
        const isMatch = 'criteria' in line ? this.#meets(line.criteria, at.file) : this.#isHost(args)
        if (isMatch) await this.#apply(line.config, at)
      } else if (keyword === 'include') {
        for (const pattern of args)
          for (const file of await findIncluded(expandHome(pattern, this.#machine), at.folder))
            await this.readFile(file, at.folder, at.depth + 1)
      } else {
        this.#set(keyword, { args, file: at.file })
      }
    }
  }

  #set(keyword: string, value: ConfigValue): void {
    const known = this.values.get(keyword)
    const rival = rivals[keyword]
    if (known === undefined) {
      if (rival === undefined || !this.values.has(rival)) this.values.set(keyword, [value])
    } else if (gathering.includes(keyword)) {
      known.push(value)
    }
  }

  #isHost(patterns: readonly string[]): boolean {
    return matchesPatternList(patterns, this.#query.alias)
  }

  /** A criterion that only another program could judge counts as not met, and is noted where it would decide. */
  #meets(criteria: Readonly<Record<string, unknown>>, file: string): boolean {
    const unjudged: string[] = []
    for (const [criterion, value] of Object.entries(criteria)) {
      const subject = this.#subjectOf(criterion.replace(/^!/, '').toLowerCase())
      const isTrue =
        subject === true || (subject !== undefined && matchesPatternList(String(value).split(','), subject))
      if (subject === undefined) unjudged.push(`Match ${criterion} in ${file} is passed over`)
      else if (isTrue === criterion.startsWith('!')) return false
    }
    this.notes.push(...unjudged)
    return unjudged.length === 0
  }

  /** What a criterion's patterns are compared with; `true` where there is nothing to compare. */
  #subjectOf(criterion: string): string | true | undefined {
    const { alias, user } = this.#query
    switch (criterion) {
      case 'all':
        return true
      case 'originalhost':
        return alias
      case 'host':
        return this.values.get('hostname')?.[0]?.args[0] ?? alias
      case 'user':
        return user ?? this.values.get('user')?.[0]?.args[0] ?? this.#machine.user
      case 'localuser':
        return this.#machine.user
      default:
        return undefined
    }
  }
}

/** The files that an Include names, which may have wildcards in each part of its path; sorted by name as glob(7) does. */
async function findIncluded(pattern: string, folder: string): Promise<readonly string[]> {
  const path = isAbsolute(pattern) ? pattern : join(folder, pattern)
  if (!/[*?]/.test(path)) return [path]
  const parent = dirname(path)
  const name = path.slice(parent.length).replace(/^[\\/]+/, '')
  const found: string[] = []
  for (const parentFolder of await findIncluded(parent, folder))
    for (const entry of await entriesOf(parentFolder)) {
      const isHidden = entry.startsWith('.') && !name.startsWith('.')
      if (!isHidden && matchesPattern(name, entry)) found.push(join(parentFolder, entry))
    }
  return found
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch {
    // An Include that names nothing is nothing unusual either.
    return []
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

function notUnderstood(file: string, why: string, cause?: unknown): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', `The SSH configuration ${file} is not understood: ${why}`, {
    remedy: 'Correct that file.',
    cause,
  })
}
