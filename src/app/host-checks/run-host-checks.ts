import { planPeers } from '../../core/connectivity/plan-peers'
import { planTest, testedNetwork, type PairKey, type TestPlan } from '../../core/connectivity/plan'
import type { ConnectivityRun } from '../../core/connectivity/run'
import { unreachableHosts } from '../../core/connectivity/unreachable-hosts'
import { diagnose } from '../../core/diagnosis/diagnose'
import { SwarmNetworksError } from '../../core/errors'
import { clusterOfNetwork } from '../../core/forms/clusters'
import { judgeHosts, type ExpectedHost, type HostsCheck } from '../../core/host-checks/judge-hosts'
import type { Fleet } from '../../core/model/fleet'
import type { Host } from '../../core/model/host'
import { isOverlay, type FleetNetwork } from '../../core/model/network'
import { runPlan, type PlanOf, type RunOptions } from '../connectivity-service'
import type { FleetAccess } from '../fleet-access'
import { findNetwork } from '../fleet-lookup'

/** What the engine takes where a network has no option for it (moby, drivers/overlay). */
const usualMtu = 1_500
const mtuOption = 'com.docker.network.driver.mtu'

/** The table, and what was probed for it as a test of some pairs. */
export interface HostChecksRun {
  readonly check: HostsCheck
  readonly run: ConnectivityRun
}

/**
 * Checks what the hosts of an overlay network owe each other: asks every host of its cluster, and lets one container a host
 * speak to those on the others, because only containers can tell whether the data path is open.
 *
 * @throws `not-found` once no host lists the network, `unsupported` for one that no hosts share
 */
export async function runHostChecks(
  fleet: FleetAccess,
  networkKey: string,
  options: RunOptions & Required<Pick<RunOptions, 'hostChecks'>>,
): Promise<HostChecksRun> {
  const network = findNetwork(fleet.fleet, networkKey)
  if (network === undefined) throw new SwarmNetworksError('not-found', 'No reachable host lists this network any more')
  if (!isOverlay(network))
    throw new SwarmNetworksError('unsupported', `${network.name} is a network of one host`, {
      remedy: 'Check the hosts of an overlay network.',
    })
  const representatives = pairsOfRepresentatives(fleet.fleet, network)
  const planOf: PlanOf = (part) => plan(fleet.fleet, network, part?.pairs ?? representatives)
  const outcome = await runPlan(fleet, planOf, { ...options, alwaysAsksHosts: true })
  const run = { ...outcome, findings: diagnose(outcome) }
  const hostMtu = Number(network.options[mtuOption] ?? usualMtu)
  return { run, check: judgeHosts(run, { expected: expectedHosts(fleet.fleet, network), hostMtu }) }
}

/** The swarm's own network for published ports has nobody to probe, but its hosts can be asked all the same. */
function plan(fleet: Fleet, network: FleetNetwork, onlyPairs: readonly PairKey[]): TestPlan {
  if (!network.isIngress) return planTest(fleet, network.key, { onlyPairs })
  return { network: testedNetwork(network, fleet), pairs: [], unreachableHosts: unreachableHosts(fleet, network) }
}

/** Both directions between one running container a host. */
function pairsOfRepresentatives(fleet: Fleet, network: FleetNetwork): readonly PairKey[] {
  const speaking = planPeers(fleet, network).filter(({ isRunning, address }) => isRunning && address !== undefined)
  const ids = [...new Map(speaking.toReversed().map(({ hostId, containerId }) => [hostId, containerId])).values()]
  return ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to })))
}

/** Every host that the network may span, as `readHosts` asks them, and those that cannot be asked. */
function expectedHosts(fleet: Fleet, network: FleetNetwork): readonly ExpectedHost[] {
  const cluster = clusterOfNetwork(fleet, network)
  const hosts = cluster?.hosts ?? fleet.hosts.filter(({ id }) => network.hostIds.includes(id))
  const reasons = new Map(unreachableHosts(fleet, network).map(({ hostId, reason }) => [hostId, reason]))
  return hosts.map(({ id, name, address, classic }: Host) => {
    const reason =
      classic === undefined
        ? reasons.get(id)
        : 'Its engine is reached through the manager of a classic Swarm, which answers no questions about the host itself.'
    return { id, name, address, ...(reason !== undefined && { reason }) }
  })
}

/**
 * The overlay network by which the hosts of a fleet, or those of one host's cluster, are best checked: that with containers
 * on the most hosts. Undefined where they have none in common.
 */
export function networkToCheck(fleet: Fleet, hostId?: string): FleetNetwork | undefined {
  const spread = ({ members }: FleetNetwork) =>
    new Set(members.filter(({ isRunning }) => isRunning).map((member) => member.hostId)).size
  const [best] = fleet.networks
    .filter(isOverlay)
    .filter((network) => hostId === undefined || isOfHost(fleet, network, hostId))
    .toSorted(
      (a, b) =>
        Number(a.isIngress) - Number(b.isIngress) || spread(b) - spread(a) || a.name.localeCompare(b.name, 'en'),
    )
  return best
}

function isOfHost(fleet: Fleet, network: FleetNetwork, hostId: string): boolean {
  return (
    network.hostIds.includes(hostId) || clusterOfNetwork(fleet, network)?.hosts.some(({ id }) => id === hostId) === true
  )
}
