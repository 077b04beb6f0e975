import { homedir, userInfo } from 'node:os'
import { posix, win32 } from 'node:path'

/** What the sources and SSH have to know of the machine they run on, so that tests can be on any other. */
export interface LocalMachine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** The login name, which SSH uses where nothing names another. */
  readonly user: string
}

export function thisMachine(): LocalMachine {
  const { platform, env } = process
  return { platform, env, home: homedir(), user: loginName(env) }
}

function loginName(env: LocalMachine['env']): string {
  try {
    return userInfo().username
  } catch {
    // A user ID without an entry in passwd, as containers have them: the environment is all there is.
    return env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'] ?? ''
  }
}

/** A path as a person writes it: a leading `~` stands for the home folder. */
export function expandHome(path: string, { home, platform }: Pick<LocalMachine, 'home' | 'platform'>): string {
  const paths = pathsOf({ platform })
  if (path === '~') return home
  return path.startsWith('~/') || (platform === 'win32' && path.startsWith('~\\'))
    ? paths.join(home, path.slice(2))
    : path
}

export function isAbsolutePath(path: string, { platform }: Pick<LocalMachine, 'platform'>): boolean {
  return pathsOf({ platform }).isAbsolute(path)
}

/** How paths are written on a machine; that is this one's way but in tests, which may be on any other. */
export function pathsOf({ platform }: Pick<LocalMachine, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix
}
