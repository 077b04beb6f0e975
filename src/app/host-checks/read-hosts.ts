import { forEachBounded } from '../../core/collections/for-each-bounded'
import { defaultDataPathPort } from '../../core/diagnosis/overlay-ports'
import { clusterOfNetwork } from '../../core/forms/clusters'
import type { HostReading, HostsReading } from '../../core/host-checks/hosts-reading'
import type { Fleet } from '../../core/model/fleet'
import type { Host } from '../../core/model/host'
import { stripControl } from '../../core/text/sanitize'
import type { HostCheckContext } from './host-checks'
import { readContainers } from './read-containers'
import { readDirections } from './read-directions'
import { readHost } from './read-host'
import { readManager } from './read-manager'
import { readPlainPaths } from './read-plain-paths'

const hostsAtATime = 8
/** For all of it: what is not there by then is missing, and a note says so. */
const deadlineMs = 25_000

/**
 * Asks every host of a network what it and its manager know, and what packets become on the way. It never throws: what
 * could not be read is a note. The parts that count packets run after the others, which would be counted, too.
 */
export async function readHosts(
  asked: Omit<HostCheckContext, 'hosts' | 'note' | 'dataPathPort'>,
): Promise<HostsReading> {
  const { fleet, network, clock } = asked
  const notes: string[] = []
  const context: HostCheckContext = {
    ...asked,
    hosts: hostsToAsk(fleet.fleet, network.id),
    dataPathPort: network.dataPathPort ?? defaultDataPathPort,
    signal: AbortSignal.any([asked.signal, AbortSignal.timeout(deadlineMs)]),
    note: (sentence) => void notes.push(stripControl(sentence)),
  }
  const found = new Map<string, HostReading>()
  const [manager, containers] = await Promise.all([
    readManager(context),
    readContainers(context),
    forEachBounded(context.hosts, hostsAtATime, async (host) => {
      const reading = await readHost(context, host)
      if (reading) found.set(host.id, reading)
    }),
  ])
  const directions = await readDirections(context)
  const plainPaths = await readPlainPaths(context)
  return {
    at: clock.now(),
    dataPathPort: context.dataPathPort,
    hosts: context.hosts.flatMap(({ id }) => found.get(id) ?? []),
    ...(manager && { manager }),
    containers,
    directions,
    plainPaths,
    notes,
  }
}

/** The hosts that have the network or may get it, and that answer. */
function hostsToAsk(fleet: Fleet, networkId: string): readonly Host[] {
  const network = fleet.networks.find(({ id }) => id === networkId)
  if (network === undefined) return []
  const cluster = clusterOfNetwork(fleet, network)
  // Without a manager in reach: those that have it.
  const hosts = cluster?.hosts ?? fleet.hosts.filter(({ id }) => network.hostIds.includes(id))
  return hosts.filter(({ engine, classic }) => engine !== undefined && classic === undefined)
}
