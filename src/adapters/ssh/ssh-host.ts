import { join } from 'node:path'
import type { Endpoint } from '../../core/model/target'
import { parseHostUrl } from '../../core/targets/parse-host-url'
import { expandHome } from '../sources/local-machine'
import { loginMethods, type LoginMethod } from './login-methods'
import { readSshConfig, type ConfigReading, type SshFolders } from './ssh-config'
import { expandCommand, expandTokens, unusable, type TokenSubject } from './ssh-tokens'

export type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>

/** A private key file to try. */
export interface IdentityFile {
  readonly path: string
  /** `endpoint`: named for this very host; `config`: by the SSH configuration; `default`: one of SSH's usual names. */
  readonly from: 'endpoint' | 'config' | 'default'
}

/** How one host is reached and recognized: an endpoint with what the SSH configuration adds to it. */
export interface SshHost {
  /** The name that was asked for. */
  readonly alias: string
  readonly hostName: string
  readonly port: number
  readonly user: string
  readonly identityFiles: readonly IdentityFile[]
  /** Only the agent's keys that belong to the identity files are tried. */
  readonly identitiesOnly: boolean
  /** The agent's socket or pipe; absent: none. */
  readonly agent?: string
  /** The name that its keys are known by, where that is another one. */
  readonly hostKeyAlias?: string
  /** The first one takes new keys. */
  readonly userKnownHosts: readonly string[]
  readonly systemKnownHosts: readonly string[]
  /** A file with keys that nobody is to be trusted with. */
  readonly revokedHostKeys?: string
  readonly hashKnownHosts: boolean
  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new'
  /** Ways to log in, in the order in which they are tried. */
  readonly loginMethods: readonly LoginMethod[]
  /** Hosts to go through, in order. */
  readonly jumps: readonly SshEndpoint[]
  /** A command line whose input and output are the way to the host. */
  readonly proxyCommand?: string
  /** How long a connection may take to be made, in milliseconds, where the configuration says it. */
  readonly connectTimeoutMs?: number
  /** When a silent connection is asked whether it lives, in milliseconds, and how often before it counts as dead. */
  readonly keepAlive?: { readonly intervalMs: number; readonly tries: number }
  /** What the configuration says and this client does not do; for the log, and for the text of a refusal. */
  readonly notes: readonly string[]
}

/** Keywords that change how a host is reached or trusted, and that are not followed. */
const notFollowed: readonly string[] = [
  'BindAddress',
  'BindInterface',
  'CanonicalizeHostname',
  'CertificateFile',
  'Ciphers',
  'HostKeyAlgorithms',
  'KexAlgorithms',
  'KnownHostsCommand',
  'MACs',
  'PKCS11Provider',
  'SecurityKeyProvider',
]

/** OpenSSH's own names, in its order. Security keys are among them to be named where nothing else lets in. */
const defaultIdentities = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk']

/** The pipe of the agent that is part of Windows. */
const windowsAgent = String.raw`\\.\pipe\openssh-ssh-agent`

/**
 * Resolves an endpoint as `ssh` would resolve the host's name; what the endpoint itself says comes first.
 *
 * @throws `invalid-input` for a configuration that cannot be used
 */
export async function resolveSshHost(endpoint: SshEndpoint, folders: SshFolders): Promise<SshHost> {
  const { host: alias, user: askedUser } = endpoint
  const config = await readSshConfig({ alias, ...(askedUser !== undefined && { user: askedUser }) }, folders)
  const { machine } = folders
  const port = endpoint.port ?? readPort(config, alias)
  const user = askedUser ?? one(config, 'user') ?? machine.user
  const hostKeyAlias = one(config, 'hostkeyalias')
  const named = { alias, port: String(port), user, ...(hostKeyAlias !== undefined && { hostKeyAlias }) }
  const hostName = expandTokens(one(config, 'hostname') ?? alias, { ...named, hostName: alias }, machine)
  const jump = one(config, 'proxyjump')
  const subject: TokenSubject = { ...named, hostName, ...(jump !== undefined && { jump }) }
  const expand = (text: string) => expandHome(expandTokens(text, subject, machine), machine)
  const proxyCommand = proxyCommandOf(config, subject, machine)
  const keepAlive = keepAliveOf(config)
  const connectTimeout = secondsIn(one(config, 'connecttimeout'))
  const revokedHostKeys = one(config, 'revokedhostkeys')
  const agent = agentOf(one(config, 'identityagent'), { folders, expand })
  return {
    alias,
    hostName,
    port,
    user,
    identityFiles: identityFilesOf(endpoint, { config, folders, expand }),
    identitiesOnly: endpoint.identitiesOnly ?? isYes(config, 'identitiesonly'),
    ...(agent !== undefined && { agent }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    userKnownHosts: filesOf(config, 'userknownhostsfile')?.map(expand) ?? inFolder(folders.user, 'known_hosts'),
    systemKnownHosts:
      filesOf(config, 'globalknownhostsfile')?.map(expand) ?? inFolder(folders.system, 'ssh_known_hosts'),
    hashKnownHosts: isYes(config, 'hashknownhosts'),
    strictHostKeyChecking: strictnessOf(one(config, 'stricthostkeychecking')),
    loginMethods: loginMethods((keyword) => one(config, keyword)),
    ...(revokedHostKeys !== undefined &&
      revokedHostKeys.toLowerCase() !== 'none' && { revokedHostKeys: expand(revokedHostKeys) }),
    jumps: jumpsOf(jump === undefined ? undefined : expandTokens(jump, subject, machine), alias),
    ...(proxyCommand !== undefined && { proxyCommand }),
    ...(connectTimeout > 0 && { connectTimeoutMs: connectTimeout * 1_000 }),
    ...(keepAlive && { keepAlive }),
    notes: [...config.notes, ...notesOn(config)],
  }
}

type Expand = (text: string) => string

function one({ values }: ConfigReading, keyword: string): string | undefined {
  return values.get(keyword)?.[0]?.args[0]
}

function isYes(config: ConfigReading, keyword: string): boolean {
  return one(config, keyword)?.toLowerCase() === 'yes'
}

function readPort(config: ConfigReading, alias: string): number {
  const text = one(config, 'port') ?? '22'
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  throw unusable(alias, `Port "${text}" is not a number from 1 to 65535`)
}

function identityFilesOf(
  endpoint: SshEndpoint,
  {
    config,
    folders,
    expand,
  }: { readonly config: ConfigReading; readonly folders: SshFolders; readonly expand: Expand },
): readonly IdentityFile[] {
  const named = (endpoint.identityFiles ?? []).map((path): IdentityFile => ({ path, from: 'endpoint' }))
  if (endpoint.identitiesOnly === true) return named
  const configured = (config.values.get('identityfile') ?? []).flatMap(({ args }) => args)
  const files = configured
    .filter((path) => path.toLowerCase() !== 'none')
    .map((path): IdentityFile => ({ path: expand(path), from: 'config' }))
  // As in OpenSSH the usual names are tried only where nothing names others.
  if (named.length > 0 || configured.length > 0) return [...named, ...files]
  return defaultIdentities.map((name) => ({ path: join(folders.user, name), from: 'default' }))
}

/** IdentityAgent: a path, `none`, `SSH_AUTH_SOCK` or `$VARIABLE`; without it the agent of the session. */
function agentOf(
  value: string | undefined,
  { folders, expand }: { readonly folders: SshFolders; readonly expand: Expand },
): string | undefined {
  const { env, platform } = folders.machine
  if (value?.toLowerCase() === 'none') return undefined
  const variable = value === undefined || value === 'SSH_AUTH_SOCK' ? 'SSH_AUTH_SOCK' : /^\$(\w+)$/.exec(value)?.[1]
  if (variable === undefined) return expand(value ?? '')
  const socket = env[variable] ?? ''
  if (socket !== '') return socket
  return platform === 'win32' && value === undefined ? windowsAgent : undefined
}

/** Undefined: not named. `none` is an empty list. */
function filesOf({ values }: ConfigReading, keyword: string): readonly string[] | undefined {
  return values.get(keyword)?.[0]?.args.filter((path) => path.toLowerCase() !== 'none')
}

function inFolder(folder: string, name: string): readonly string[] {
  return [join(folder, name), join(folder, `${name}2`)]
}

/** A changed key is never accepted, so `no` and `off` are no more than `accept-new` here. */
function strictnessOf(value: string | undefined): SshHost['strictHostKeyChecking'] {
  switch (value?.toLowerCase()) {
    case 'yes':
      return 'yes'
    case 'accept-new':
    case 'no':
    case 'off':
      return 'accept-new'
    default:
      return 'ask'
  }
}

/** ProxyJump: `none`, or hosts separated by commas, each `[user@]host[:port]` or an ssh:// URL. */
function jumpsOf(value: string | undefined, alias: string): readonly SshEndpoint[] {
  if (value === undefined || value.toLowerCase() === 'none') return []
  return value.split(',').map((jump) => {
    try {
      const endpoint = parseHostUrl(jump.includes('://') ? jump.trim() : `ssh://${jump.trim()}`)
      if (endpoint.kind === 'ssh' && endpoint.socketPath === undefined) return endpoint
    } catch (cause) {
      throw unusable(alias, `ProxyJump "${jump}" names no host`, cause)
    }
    throw unusable(alias, `ProxyJump "${jump}" names no SSH host`)
  })
}

function proxyCommandOf(
  { values }: ConfigReading,
  subject: TokenSubject,
  machine: SshFolders['machine'],
): string | undefined {
  const text = values.get('proxycommand')?.[0]?.text
  return text === undefined || text.toLowerCase() === 'none' ? undefined : expandCommand(text, subject, machine)
}

/** ServerAliveInterval and ServerAliveCountMax; undefined where ssh would not ask: here it is asked all the same. */
function keepAliveOf(config: ConfigReading): SshHost['keepAlive'] {
  const interval = secondsIn(one(config, 'serveraliveinterval'))
  const tries = Number(one(config, 'serveralivecountmax') ?? '3')
  if (interval === 0 || !Number.isInteger(tries) || tries < 1) return undefined
  return { intervalMs: interval * 1_000, tries }
}

/** A time as OpenSSH has it, for instance `90`, `2m` or `1h30m` (sshd_config(5), TIME FORMATS); 0 for what is none. */
function secondsIn(text = ''): number {
  if (!/^(\d+[smhdw]?)+$/i.test(text)) return 0
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }
  return [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)].reduce(
    (sum, [, count = '0', unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
}

function notesOn({ values }: ConfigReading): readonly string[] {
  return notFollowed.flatMap((name) => {
    const value = values.get(name.toLowerCase())?.[0]
    return value === undefined ? [] : [`${name} in ${value.file} is not followed`]
  })
}
