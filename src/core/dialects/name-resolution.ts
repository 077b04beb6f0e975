import type { Attachment } from '../model/container'

/**
 * How containers on a network that a user made find each other by name. Docker 1.9 writes entries into each container's
 * `/etc/hosts` and keeps them up to date; from 1.10 on the engine answers itself, at 127.0.0.11 in each container
 * (docs.docker.com/engine/network, "DNS services"; moby, CHANGELOG for 1.10.0).
 */
export type NameService = 'hosts-file' | 'embedded-dns'

/**
 * What an engine's version does.
 *
 * @returns undefined for a version that cannot be read, and for a classic Swarm's manager, whose engines do it
 */
export function nameServiceOf(engineVersion: string | undefined): NameService | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(engineVersion ?? '') ?? []
  if (major === undefined || minor === undefined) return undefined
  return Number(major) > 1 || Number(minor) >= 10 ? 'embedded-dns' : 'hosts-file'
}

const sentences: Readonly<Record<NameService, string>> = {
  'hosts-file': 'entries in each container’s /etc/hosts, which Docker up to 1.9 writes and keeps up to date',
  'embedded-dns': 'the engine’s own DNS server, at 127.0.0.11 in each container; /etc/hosts has no entries of others',
}

/** How names of other containers are found from one container; undefined where its engine does not say what it is. */
export function explainNamesOf(
  attachments: readonly Pick<Attachment, 'networkName'>[],
  engineVersion: string | undefined,
): string | undefined {
  const service = nameServiceOf(engineVersion)
  const names = attachments.map(({ networkName }) => networkName)
  if (service === undefined || names.length === 0) return undefined
  if (names.includes('none')) return 'none: it is on no network'
  if (names.includes('host')) return 'those that the host itself finds; names of containers are not among them'
  if (names.every((name) => name === 'bridge'))
    return 'none of other containers: Docker’s default bridge has no names but those of --link, in /etc/hosts'
  return sentences[service]
}

/** An engine on which a network has members. */
export interface NamingEngine {
  readonly host: string
  readonly version: string | undefined
}

/**
 * How names are found on a network that a user made, over all its hosts: one sentence without a verb, which names the
 * hosts where they differ. Undefined where no version is known.
 */
export function explainNamesOn(engines: readonly NamingEngine[]): string | undefined {
  const hostsOf = (service: NameService) =>
    engines.flatMap(({ host, version }) => (nameServiceOf(version) === service ? [host] : []))
  const [old, newer] = [hostsOf('hosts-file'), hostsOf('embedded-dns')]
  if (old.length === 0) return newer.length === 0 ? undefined : sentences['embedded-dns']
  if (newer.length === 0) return sentences['hosts-file']
  return `on ${old.join(', ')} ${sentences['hosts-file']}; on ${newer.join(', ')} ${sentences['embedded-dns']}`
}
