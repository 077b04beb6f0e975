import { join } from 'node:path'
import { SwarmNetworksError } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'
import { parseHostUrl } from '../../core/targets/parse-host-url'
import { expandHome } from '../sources/local-machine'
import { loginMethods, type LoginMethod } from './login-methods'
import { readSshConfig, type ConfigReading, type SshFolders } from './ssh-config'

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
  readonly hashKnownHosts: boolean
  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new'
  /** Ways to log in, in the order in which they are tried. */
  readonly loginMethods: readonly LoginMethod[]
  /** Hosts to go through, in order. */
  readonly jumps: readonly SshEndpoint[]
  /** What the configuration says and this client does not do; for the log, and for the text of a refusal. */
  readonly notes: readonly string[]
}

/** Keywords that change how a host is reached or trusted, and that are not followed. */
const notFollowed: readonly string[] = [
  'BindAddress',
  'BindInterface',
  'CertificateFile',
  'KnownHostsCommand',
  'PKCS11Provider',
  'RevokedHostKeys',
  'SecurityKeyProvider',
]

/** OpenSSH's own names, in its order. Security keys are among them to be named where nothing else lets in. */
const defaultIdentities = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk']

/** The pipe of the agent that is part of Windows. */
const windowsAgent = String.raw`\\.\pipe\openssh-ssh-agent`

/**
 * Resolves an endpoint as `ssh` would resolve the host's name; what the endpoint itself says comes first.
 *
 * @throws `unsupported` for a host that is only reached through ProxyCommand, `invalid-input` for a configuration that
 * cannot be used
 */
export async function resolveSshHost(endpoint: SshEndpoint, folders: SshFolders): Promise<SshHost> {
  const { host: alias, user: askedUser } = endpoint
  const config = await readSshConfig({ alias, ...(askedUser !== undefined && { user: askedUser }) }, folders)
  const { machine } = folders
  const port = endpoint.port ?? readPort(config, alias)
  const user = askedUser ?? one(config, 'user') ?? machine.user
  const base: Record<string, string> = {
    '%': '%',
    d: machine.home,
    n: alias,
    u: machine.user,
    p: String(port),
    r: user,
  }
  const hostName = expandTokens(one(config, 'hostname') ?? alias, { ...base, h: alias }, folders)
  const expand = (text: string) => expandHome(expandTokens(text, { ...base, h: hostName }, folders), machine)
  const agent = agentOf(one(config, 'identityagent'), { folders, expand })
  const hostKeyAlias = one(config, 'hostkeyalias')
  refuseProxyCommand(config, alias)
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
    jumps: jumpsOf(one(config, 'proxyjump'), alias),
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

function refuseProxyCommand({ values }: ConfigReading, alias: string): void {
  const command = values.get('proxycommand')?.[0]
  if (command === undefined || command.args.join(' ').toLowerCase() === 'none') return
  throw new SwarmNetworksError('unsupported', `${alias} is reached through ProxyCommand, as ${command.file} says`, {
    host: alias,
    remedy: 'Only ProxyJump is followed: name the host in between with ProxyJump instead.',
  })
}

function notesOn({ values }: ConfigReading): readonly string[] {
  return notFollowed.flatMap((name) => {
    const value = values.get(name.toLowerCase())?.[0]
    return value === undefined ? [] : [`${name} in ${value.file} is not followed`]
  })
}

/** Replaces `%x` and `${VARIABLE}` (ssh_config(5), TOKENS and ENVIRONMENT VARIABLES). */
function expandTokens(text: string, tokens: Readonly<Record<string, string>>, { machine }: SshFolders): string {
  return text.replace(/%(.)|\$\{(\w+)\}/g, (match, token: string | undefined, variable: string | undefined) => {
    const value = token === undefined ? machine.env[variable ?? ''] : tokens[token]
    if (value !== undefined) return value
    throw unusable(tokens['n'] ?? '', `"${match}" in "${text}" is not known`)
  })
}

function unusable(alias: string, why: string, cause?: unknown): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', `The SSH configuration of ${alias} cannot be used: ${why}`, {
    host: alias,
    remedy: 'Correct it in ~/.ssh/config.',
    cause,
  })
}
