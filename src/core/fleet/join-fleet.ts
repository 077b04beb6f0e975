import type { Fleet } from '../model/fleet'
import type { TargetSnapshot } from '../model/host'
import { joinHosts } from './join-hosts'
import { mergeNetworks } from './merge-networks'

/** The whole fleet as a function of what is known of each target. */
export function joinFleet(snapshots: readonly TargetSnapshot[]): Fleet {
  const hosts = joinHosts(snapshots)
  return { hosts, networks: mergeNetworks(hosts) }
}
