import { SwarmNetworksError } from '../../core/errors'
import { keepSameReading } from '../../core/fleet/same-reading'
import { lastFailures, servicesInTrouble } from '../../core/fleet/service-progress'
import type { EngineInfo } from '../../core/model/engine'
import type { ServiceReading, TaskState } from '../../core/model/service'
import type { EngineClient } from '../../core/ports/engine'

/** What a swarm wants of tasks that are not history: jobs are to complete, and a task that waits its turn to be ready. */
const current: readonly TaskState[] = ['running', 'ready', 'accepted', 'complete']

/**
 * Reads the services of the swarm and their tasks; undefined on an engine that is not a manager. Of old tasks, which
 * may be many times the current ones, only those of services in trouble are asked for.
 *
 * @param last what was read before: it stays where it is still true, and where the manager does not say
 */
export async function readServices(
  client: EngineClient,
  { info, last }: { readonly info: EngineInfo; readonly last?: ServiceReading | undefined },
  signal: AbortSignal,
): Promise<ServiceReading | undefined> {
  if (!info.swarm.isManager) return undefined
  try {
    const [services, tasks] = await Promise.all([
      client.swarm.services(signal),
      client.swarm.tasks({ desiredStates: current }, signal),
    ])
    const serviceIds = servicesInTrouble(services, tasks)
    const history =
      serviceIds.length === 0 ? [] : await client.swarm.tasks({ desiredStates: ['shutdown'], serviceIds }, signal)
    return keepSameReading(last, { services, tasks, failures: lastFailures(history) })
  } catch (error) {
    // A manager without a quorum, one that was just demoted, a proxy that lets only part of the API through, a swarm that
    // is slow to answer: the host itself still has containers and networks worth showing.
    if (SwarmNetworksError.is(error, 'not-a-manager', 'engine-error', 'permission-denied', 'unsupported', 'timeout'))
      return last
    throw error
  }
}
