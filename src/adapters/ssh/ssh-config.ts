import { readdir, readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { parse, type Directive, type Line } from 'ssh-config'
import { SwarmNetworksError, describeError } from '../../core/errors'
import { expandHome, pathsOf, type LocalMachine } from '../sources/local-machine'
import { succeeds } from './match-exec'
import { expandCommand } from './ssh-tokens'
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
  /** As it stands there, with its quotes: for command lines, which a shell takes apart. */
  readonly text: string
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
 * and Match, whose `exec` runs the command that the user wrote there. The `ssh-config` package parses the lines; they are
 * applied here, because its own `compute` follows no Include and runs commands without a deadline.
 *
 * @param query the name that was asked for, and the user where one was named
 * @throws `invalid-input` for a file that is not understood, with its name
 */
export async function readSshConfig(
  query: { readonly alias: string; readonly user?: string },
  folders: SshFolders,
): Promise<ConfigReading> {
  const reader = new Reader(query, folders.machine)
  await reader.readBoth(folders)
  // Match final asks for another reading, with the host's name as the first one found it (ssh_config(5), Match).
  if (reader.beginFinalPass()) await reader.readBoth(folders)
  return reader
}

class Reader implements ConfigReading {
  readonly values = new Map<string, ConfigValue[]>()
  readonly notes: string[] = []
  readonly #query: { readonly alias: string; readonly user?: string }
  readonly #machine: LocalMachine
  #pass: 'first' | 'final' = 'first'
  #wantsFinalPass = false

  constructor(query: { readonly alias: string; readonly user?: string }, machine: LocalMachine) {
    this.#query = query
    this.#machine = machine
  }

  async readBoth({ user, system }: SshFolders): Promise<void> {
    await this.readFile(join(user, 'config'), user, 0)
    await this.readFile(join(system, 'ssh_config'), system, 0)
  }

  /** False where nothing asked for it. */
  beginFinalPass(): boolean {
    if (!this.#wantsFinalPass) return false
    this.#pass = 'final'
    this.notes.length = 0
    return true
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
      const { args, text } = valueOf(line.value)
      if ('config' in line) {
        const isMatch = 'criteria' in line ? await this.#meets(line.criteria, at.file) : this.#isHost(args)
        if (isMatch) await this.#apply(line.config, at)
      } else if (keyword === 'include') {
        for (const pattern of args)
          for (const file of await findIncluded(expandHome(pattern, this.#machine), at.folder))
            await this.readFile(file, at.folder, at.depth + 1)
      } else {
        this.#set(keyword, { args, text, file: at.file })
      }
    }
  }

  #set(keyword: string, value: ConfigValue): void {
    const known = this.values.get(keyword)
    const rival = rivals[keyword]
    if (known === undefined) {
      if (rival === undefined || !this.values.has(rival)) this.values.set(keyword, [value])
    } else if (gathering.includes(keyword) && !known.some(({ text }) => text === value.text)) {
      known.push(value)
    }
  }

  #isHost(patterns: readonly string[]): boolean {
    return matchesPatternList(patterns, this.#query.alias)
  }

  /** In their order, to the first that is not met. One that cannot be judged is not met, and noted. */
  async #meets(criteria: Readonly<Record<string, unknown>>, file: string): Promise<boolean> {
    for (const [key, value] of Object.entries(criteria)) {
      const criterion = key.replace(/^!/, '').toLowerCase()
      const isTrue = await this.#judge(criterion, String(value))
      if (isTrue === undefined) this.notes.push(`Match ${key} in ${file} is passed over`)
      if (isTrue === undefined || isTrue === key.startsWith('!')) return false
    }
    return true
  }

  /** Undefined: not known here. */
  async #judge(criterion: string, value: string): Promise<boolean | undefined> {
    switch (criterion) {
      case 'all':
        return true
      case 'canonical':
        // Names are not canonicalized.
        return false
      case 'final':
        this.#wantsFinalPass = true
        return this.#pass === 'final'
      case 'exec':
        return succeeds(this.#expand(value), this.#machine)
      default: {
        const subject = this.#subjectOf(criterion)
        if (subject === undefined) return undefined
        const isHost = criterion === 'host' || criterion === 'originalhost'
        const patterns = value.split(',')
        // Names of hosts, in any case of letters (OpenSSH, match_hostname).
        return isHost
          ? matchesPatternList(
              patterns.map((pattern) => pattern.toLowerCase()),
              subject.toLowerCase(),
            )
          : matchesPatternList(patterns, subject)
      }
    }
  }

  /** What a criterion's patterns are compared with. */
  #subjectOf(criterion: string): string | undefined {
    switch (criterion) {
      case 'originalhost':
        return this.#query.alias
      case 'host':
        return this.#hostName()
      case 'user':
        return this.#user()
      case 'localuser':
        return this.#machine.user
      case 'tagged':
        return this.#first('tag') ?? ''
      default:
        return undefined
    }
  }

  #hostName(): string {
    const { alias } = this.#query
    return (this.#first('hostname') ?? alias).replaceAll('%h', alias).replaceAll('%%', '%')
  }

  #user(): string {
    return this.#query.user ?? this.#first('user') ?? this.#machine.user
  }

  #first(keyword: string): string | undefined {
    return this.values.get(keyword)?.[0]?.args[0]
  }

  #expand(command: string): string {
    const at = { alias: this.#query.alias, hostName: this.#hostName(), port: this.#first('port') ?? '22' }
    return expandCommand(command, { ...at, user: this.#user() }, this.#machine)
  }
}

/** What the parser made of a value, and the value again as it stood there. */
function valueOf(value: Directive['value']): Pick<ConfigValue, 'args' | 'text'> {
  if (typeof value === 'string') return { args: [plain(value)], text: value }
  const quote = ({ val, quoted }: (typeof value)[number]) => (quoted === true ? `"${val}"` : val)
  const text = value.map((part, at) => `${at === 0 ? '' : part.separator}${quote(part)}`).join('')
  return { args: value.map(({ val, quoted }) => (quoted === true ? val : plain(val))), text }
}

/** The parser knows double quotes only; OpenSSH takes single ones too, and a backslash before a blank. */
function plain(text: string): string {
  return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text.replaceAll('\\ ', ' ')
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
