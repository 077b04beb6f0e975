import type { Fleet } from '../model/fleet'
import { isReservedName } from './predefined-networks'
import type { Cluster } from './clusters'

/** `isValidDNSName` and its length in swarmkit's manager/controlapi/common.go: network names are stricter than others. */
const swarmSyntax = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/
/** `RestrictedNamePattern` in moby's daemon/names/names.go, which a key-value store's networks have to keep to. */
const engineSyntax = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/
const longest = 63

/**
 * What is wrong with a new overlay network's name; undefined where it is fine. The swarm and the store refuse a name
 * twice, and an engine that has a local network of that name would take containers to the wrong one.
 */
export function checkNetworkName(name: string, fleet: Fleet, cluster: Cluster): string | undefined {
  if (name === '') return 'A network needs a name.'
  if (isReservedName(name)) return `"${name}" is a name that the engine uses itself.`
  if (name.length > longest) return `A network’s name has at most ${longest} characters; this one has ${name.length}.`
  if (cluster.kind !== 'swarm' && !engineSyntax.test(name))
    return 'Letters, digits, dashes, dots and underscores only, with a letter or digit first.'
  if (cluster.kind === 'swarm' && !swarmSyntax.test(name))
    return 'Letters, digits, dashes and underscores only, with a letter or digit first and last: the swarm takes a network’s name as a DNS label.'
  const hostIds = new Set(cluster.hosts.map((host) => host.id))
  const holder = fleet.networks.find(
    (network) => network.name === name && network.hostIds.some((id) => hostIds.has(id)),
  )
  if (holder === undefined) return undefined
  return `There is a network "${name}" already (${holder.driver}, on ${holder.hosts.join(', ')}).`
}
