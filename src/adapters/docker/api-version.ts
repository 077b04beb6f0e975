import { SwarmNetworksError } from '../../core/errors'
import type { VersionRecord } from './records/version'

/** What this code was written against: from Docker 1.9, which brought networks, to Docker 29. */
const oldest = '1.21'
const newest = '1.52'

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`. Versions are `MAJOR.MINOR`. */
export function compareApiVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number)
  const [majorB = 0, minorB = 0] = b.split('.').map(Number)
  return majorA - majorB || minorA - minorB
}

/**
 * The API version to speak: the newest that both sides know. Old engines refuse a newer one, new engines an older one.
 * @throws `api-version` where there is none, `protocol` where the engine names none.
 */
export function chooseApiVersion({ version, apiVersion, minApiVersion }: VersionRecord): string {
  if (!/^\d+\.\d+$/.test(apiVersion))
    throw new SwarmNetworksError('protocol', 'the engine does not name its API version')
  if (compareApiVersions(apiVersion, oldest) < 0)
    throw new SwarmNetworksError(
      'api-version',
      `Docker ${version} speaks the API up to ${apiVersion}, at least ${oldest} is needed`,
      { remedy: 'Upgrade the engine to Docker 1.9 or newer.' },
    )
  if (minApiVersion !== undefined && compareApiVersions(minApiVersion, newest) > 0)
    throw new SwarmNetworksError(
      'api-version',
      `Docker ${version} speaks the API from ${minApiVersion} on, this extension up to ${newest}`,
      { remedy: 'Update this extension.' },
    )
  return compareApiVersions(apiVersion, newest) < 0 ? apiVersion : newest
}
