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

/** What is wrong with a host's name in the setting; undefined where it is fine. */
export function checkHostName(name: string, hosts: readonly HostSetting[]): string | undefined {
  if (name === '') return 'The host needs a name.'
  if (hosts.some((host) => host.name === name)) return `There is a host "${name}" in the settings already.`
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
