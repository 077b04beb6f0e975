import type { Fleet } from '../model/fleet'
import type { TargetSnapshot } from '../model/host'
import { withFindings } from './findings/find-host-findings'
import { joinHosts } from './join-hosts'
import { joinServices } from './join-services'
import { mergeNetworks } from './merge-networks'

/**
 * The whole fleet as a function of what is known of each target.
 *
 * @param now milliseconds since the epoch, for what depends on dates
 */
export function joinFleet(snapshots: readonly TargetSnapshot[], now: number): Fleet {
  const hosts = withFindings({ hosts: joinHosts(snapshots), snapshots, now })
  return { hosts, networks: mergeNetworks(hosts), services: joinServices(hosts) }
}
