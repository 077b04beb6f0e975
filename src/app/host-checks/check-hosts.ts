import { planTest } from '../../core/connectivity/plan'
import type { PairResult } from '../../core/connectivity/types'
import { diagnose } from '../../core/diagnosis/diagnose'
import type { Finding } from '../../core/diagnosis/finding'
import type { HostsReading } from '../../core/host-checks/hosts-reading'
import type { Clock } from '../../core/ports/environment'
import type { FleetAccess } from '../fleet-access'
import type { HostCheckOptions } from './host-checks'
import { readHosts } from './read-hosts'

/** What a look at the hosts gave. */
export interface HostsChecked {
  readonly network: string
  readonly reading: HostsReading
  readonly findings: readonly Finding[]
}

/**
 * Asks the hosts of a network about each other, whether or not anything failed.
 *
 * @param options `pairs`: the last test's results, where there are any: then what is found explains them
 * @throws SwarmNetworksError as `planTest` does
 */
export async function checkHosts(
  fleet: FleetAccess,
  networkKey: string,
  options: HostCheckOptions & {
    readonly pairs?: readonly PairResult[]
    readonly clock: Clock
    readonly signal: AbortSignal
  },
): Promise<HostsChecked> {
  const { network, unreachableHosts } = planTest(fleet.fleet, networkKey)
  const pairs = options.pairs ?? []
  const reading = await readHosts({ ...options, fleet, network, pairs })
  return { network: network.name, reading, findings: diagnose({ network, pairs, unreachableHosts, reading }) }
}
