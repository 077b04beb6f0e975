import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { FleetNetwork } from '../model/network'
import { isReady } from './swarms'

/** moby's `RestrictedNamePattern` (daemon/names): at least two characters. */
const syntax = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/
/** A DNS label (RFC 1035, 2.3.4): a longer name could not be resolved by the other containers. */
const longest = 63

/** What is wrong with a new container's name on that host; undefined where it is fine. */
export function checkContainerName(name: string, fleet: Fleet, hostId: string): string | undefined {
  if (name === '') return 'A container needs a name: the others on the network find it by that.'
  if (!syntax.test(name))
    return 'At least two characters: letters, digits, dots, dashes and underscores, with a letter or digit first.'
  if (name.length > longest) return `At most ${longest} characters: a longer name cannot be resolved.`
  for (const host of sharingNames(fleet, hostId)) {
    const holder = host.engine?.containers.find((container) => container.name === name)
    if (holder === undefined) continue
    const there = `There is a container "${name}" already at ${host.name} (${holder.image}, ${holder.state})`
    return host.id === hostId ? `${there}.` : `${there}: names are unique in a classic Swarm.`
  }
  return undefined
}

/** The host, and in a classic Swarm all others: its manager allows each name once. */
function sharingNames({ hosts }: Fleet, hostId: string): readonly Host[] {
  const host = hosts.find(({ id }) => id === hostId)
  if (host === undefined) return []
  const managerId = host.engine?.info.classic === undefined ? host.classic?.managerId : host.id
  return [
    host,
    ...hosts.filter(({ id, classic }) => id !== hostId && managerId !== undefined && classic?.managerId === managerId),
  ]
}

/** Hosts, by name, that have a container of this name on the same network: the name then resolves to each in turn. */
export function sameNameElsewhere(name: string, network: FleetNetwork, hostId: string): readonly string[] {
  return network.members
    .filter((member) => member.container === name && member.hostId !== hostId)
    .map(({ host }) => host)
}

/** A free name made of an image's: `nginx`, then `nginx-2`; free on every host, so that it resolves to one container. */
export function suggestContainerName(image: string, fleet: Fleet): string {
  const base = image
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/^.*\//, '')
  const start = syntax.test(base) ? base : 'container'
  const taken = new Set(fleet.hosts.filter(isReady).flatMap(({ engine }) => engine.containers.map(({ name }) => name)))
  for (let n = 1; ; n++) {
    const name = n === 1 ? start : `${start}-${n}`
    if (!taken.has(name)) return name
  }
}
