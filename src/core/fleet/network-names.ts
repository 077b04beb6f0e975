import { explainNamesOn } from '../dialects/name-resolution'
import { isPredefined } from '../forms/predefined-networks'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'

/**
 * How containers on a network find each other by name, by the versions of the engines that list it or have members on
 * it; undefined for an engine's own networks, and where no version is known.
 */
export function namesOn(network: FleetNetwork, { hosts }: Fleet): string | undefined {
  if (isPredefined(network)) return undefined
  const ids = new Set([...network.hostIds, ...network.members.map(({ hostId }) => hostId)])
  const engines = hosts.filter(({ id }) => ids.has(id))
  return explainNamesOn(engines.map(({ name, engineVersion }) => ({ host: name, version: engineVersion })))
}
