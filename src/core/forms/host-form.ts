import { describeError } from '../errors'
import type { HostSetting } from '../model/host-setting'
import { parseHostUrl } from '../targets/parse-host-url'
import { invalid, valid, type Parsed } from './parsed'

/** The ways in that a person chooses from. */
export type HostKind = 'ssh' | 'tls' | 'tcp' | 'socket'

const schemes: Readonly<Record<HostKind, readonly string[]>> = {
  ssh: ['ssh'],
  tls: ['tcp', 'https'],
  tcp: ['tcp', 'http'],
  socket: ['unix', 'npipe'],
}

/** What an example of the way in looks like, for an empty field. */
export const addressExamples: Readonly<Record<HostKind, string>> = {
  ssh: 'admin@192.168.1.10 or a name of the SSH configuration',
  tls: '192.168.1.10:2376',
  tcp: '192.168.1.10:2375',
  socket: '/var/run/docker.sock or //./pipe/docker_engine',
}

/** Reads what was typed for a way in, with or without its scheme, and gives the URL of the setting. */
export function parseHostAddress(kind: HostKind, text: string): Parsed<string> {
  const typed = text.trim()
  if (typed === '') return invalid(`For instance ${addressExamples[kind]}.`)
  const scheme = /^([a-z]+):\/\//i.exec(typed)?.[1]?.toLowerCase()
  if (scheme !== undefined && !schemes[kind].includes(scheme))
    return invalid(`${scheme}:// is another way in; leave out what stands before ://, or choose that one.`)
  const url = scheme === undefined ? `${schemeFor(kind, typed)}://${typed}` : typed
  try {
    parseHostUrl(url, kind === 'tls' ? {} : undefined)
    return valid(url)
  } catch (error) {
    return invalid(describeError(error))
  }
}

/** The way in that an entry of the settings is. @throws `invalid-input` for a URL that cannot be used */
export function hostKindOf(url: string, tls: HostSetting['tls']): HostKind {
  const { kind } = parseHostUrl(url, tls)
  return kind === 'ssh' || kind === 'tls' || kind === 'tcp' ? kind : 'socket'
}

/** An address to begin with where another way in is chosen than the one it was for: the host stays, the rest goes. */
export function addressFor(kind: HostKind, address: string, before: HostKind | undefined): string {
  if (before === undefined || before === kind) return address
  if (kind === 'socket' || before === 'socket') return ''
  const authority = address.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '')
  if (kind === 'ssh' || before === 'ssh') return authority.replace(/^.*@/, '').replace(/:\d+$/, '')
  return authority
}

/**
 * What is wrong with the path of a key or certificate; undefined where it is fine, as an empty one is. What is pasted
 * must not end in the settings: keys and certificates have lines, paths do not.
 */
export function checkKeyPath(text: string): string | undefined {
  if (text.includes('-----BEGIN')) return 'This is a key or certificate itself; give the path of its file.'
  // Of either system: which one the settings are for is not known here.
  const isWhole = text.trim() === '' || /^(~[\\/]|[\\/]|[A-Za-z]:[\\/])/.test(text.trim())
  return isWhole ? undefined : 'Write the whole path, from / or ~/ on.'
}

/** What is wrong with a host's name in the setting; undefined where it is fine. */
export function checkHostName(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'The host needs a name.'
  if (taken.includes(name)) return `There is a host "${name}" in the settings already.`
  return undefined
}

/** A name for what an URL leads to: its host, or what kind of socket it is. */
export function suggestHostName(url: string): string {
  const endpoint = parseHostUrl(url)
  return 'host' in endpoint ? endpoint.host : 'local'
}

/** A pipe's path begins with two slashes, of either kind. */
function schemeFor(kind: HostKind, typed: string): string {
  if (kind === 'socket') return /^[/\\]{2}/.test(typed) ? 'npipe' : 'unix'
  return kind === 'ssh' ? 'ssh' : 'tcp'
}
