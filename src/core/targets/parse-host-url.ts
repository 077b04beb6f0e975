import ipaddr from 'ipaddr.js'
import { SwarmNetworksError } from '../errors'
import type { Endpoint, TlsFiles } from '../model/target'

/** Docker's registered ports, and SSH's (IANA). */
const defaultPorts = { tcp: 2375, tls: 2376 } as const

const examples = {
  unix: 'unix:///var/run/docker.sock',
  npipe: 'npipe:////./pipe/docker_engine',
  tcp: 'tcp://192.168.1.10:2376',
  http: 'http://192.168.1.10:2375',
  https: 'https://192.168.1.10:2376',
  ssh: 'ssh://admin@192.168.1.10',
} as const

type Scheme = keyof typeof examples

/**
 * Reads a host URL as the docker command line takes it in `--host`, `DOCKER_HOST` and contexts: `unix:///path`,
 * `npipe:////./pipe/NAME`, `tcp://host[:port]`, `http(s)://host[:port]`, `ssh://[user@]host[:port][/socket/path]`.
 * Without a port, plain endpoints get 2375 and TLS ones 2376; an SSH endpoint keeps none, so that the SSH
 * configuration may name one.
 *
 * @param tls files that turn a `tcp://` or `https://` URL into a TLS endpoint
 * @throws `invalid-input` that names the offending part and shows an example; never repeats a password
 */
export function parseHostUrl(url: string, tls?: TlsFiles): Endpoint {
  const text = url.trim()
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || !isScheme(scheme)) throw unknownScheme(text, scheme)
  const rest = text.slice(scheme.length + 3)
  // eslint-disable-next-line no-control-regex -- exactly what must not be in a URL
  if (/[\u0000-\u0020\u007f]/.test(rest)) throw invalid(scheme, 'it contains a blank or a control character')
  if (tls !== undefined && scheme !== 'tcp' && scheme !== 'https')
    throw invalid(scheme, `TLS files go with tcp:// and https://, not with ${scheme}://`, 'tcp')
  switch (scheme) {
    case 'unix':
      return parseUnix(rest)
    case 'npipe':
      return parsePipe(rest)
    case 'ssh':
      return parseSsh(rest)
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(scheme, rest, tls)
  }
}

function parseUnix(path: string): Endpoint {
  if (!/^\/./.test(path)) throw invalid('unix', `the path "${path}" does not start with a slash`)
  return { kind: 'unix', path }
}

function parsePipe(rest: string): Endpoint {
  const path = rest.replaceAll('\\', '/')
  if (!/^\/\/[^/]+\/pipe\/./i.test(path)) throw invalid('npipe', `"${rest}" is not the path of a named pipe`)
  return { kind: 'npipe', path }
}

function parseTcp(scheme: 'tcp' | 'http' | 'https', rest: string, tls: TlsFiles | undefined): Endpoint {
  const { user, host, port, path } = splitAuthority(scheme, rest)
  if (user !== undefined) throw invalid(scheme, 'it names a user, which only ssh:// can')
  if (path !== '' && path !== '/') throw invalid(scheme, `the path "${path}" cannot be followed`)
  if (tls === undefined && scheme !== 'https') return { kind: 'tcp', host, port: port ?? defaultPorts.tcp }
  return { kind: 'tls', host, port: port ?? defaultPorts.tls, files: tls ?? {} }
}

function parseSsh(rest: string): Endpoint {
  const { user, host, port, path } = splitAuthority('ssh', rest)
  const socketPath = decode('ssh', path === '/' ? '' : path)
  return {
    kind: 'ssh',
    host,
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(socketPath !== '' && { socketPath }),
  }
}

interface Authority {
  readonly user?: string
  readonly host: string
  readonly port?: number
  readonly path: string
}

/** The parts of `[user@]host[:port][/path]`. */
function splitAuthority(scheme: Scheme, rest: string): Authority {
  const extra = /[?#].*/.exec(rest)?.[0]
  if (extra !== undefined) throw invalid(scheme, `"${extra}" has no meaning here`)
  const slash = rest.indexOf('/')
  const authority = slash === -1 ? rest : rest.slice(0, slash)
  const at = authority.lastIndexOf('@')
  const user = at === -1 ? undefined : parseUser(scheme, authority.slice(0, at))
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/.exec(authority.slice(at + 1))
  if (!match) throw invalid(scheme, `"${authority.slice(at + 1)}" is no host; an IPv6 address goes in brackets`)
  const [, host = '', port] = match
  return {
    host: parseHost(scheme, host),
    path: slash === -1 ? '' : rest.slice(slash),
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: parsePort(scheme, port) }),
  }
}

/** A password would be kept in settings or a shell's history, so it is refused, and not repeated. */
function parseUser(scheme: Scheme, text: string): string {
  if (text.includes(':')) throw invalid(scheme, 'it contains a password, and passwords must not be kept in URLs')
  const user = decode(scheme, text)
  // A leading dash would be an option to any program that gets the name as an argument.
  if (!/^[^-\s/:][^\s/:]*$/.test(user)) throw invalid(scheme, `"${user}" is no user name`)
  return user
}

function parseHost(scheme: Scheme, text: string): string {
  if (text === '') throw invalid(scheme, 'the host is missing')
  if (text.startsWith('[')) {
    // RFC 6874: a zone follows %25; a bare % is what people type.
    const address = text.slice(1, -1).replace(/%(25)?/, '%')
    if (!ipaddr.IPv6.isValid(address)) throw invalid(scheme, `"${text}" is no IPv6 address`)
    return address
  }
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u.test(text)) throw invalid(scheme, `"${text}" is no host name`)
  return text
}

function parsePort(scheme: Scheme, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw invalid(scheme, `the port "${text}" is not a number from 1 to 65535`)
  return port
}

function decode(scheme: Scheme, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw invalid(scheme, `"${text}" has a broken percent escape`, scheme, cause)
  }
}

function isScheme(text: string): text is Scheme {
  return Object.hasOwn(examples, text)
}

function unknownScheme(text: string, scheme: string | undefined): SwarmNetworksError {
  const what = scheme === undefined ? 'has no scheme' : `starts with ${scheme}://, which is not known`
  // What stands before an @ may be a password.
  const shown = text.replace(/^(.*:\/\/)?.*@/, '$1…@')
  return new SwarmNetworksError('invalid-input', `The host URL "${shown}" ${what}`, {
    remedy: `Write for instance ${examples.ssh}, ${examples.tcp}, ${examples.unix} or ${examples.npipe}.`,
  })
}

// eslint-disable-next-line max-params -- private, and each call reads as a sentence
function invalid(scheme: Scheme, why: string, example: Scheme = scheme, cause?: unknown): SwarmNetworksError {
  return new SwarmNetworksError('invalid-input', `The ${scheme}:// URL cannot be used: ${why}`, {
    remedy: `Write it like ${examples[example]}.`,
    cause,
  })
}
