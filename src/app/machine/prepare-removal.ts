import { SwarmNetworksError } from '../../core/errors'
import { agentsInTheWay } from '../../core/machine/agents-in-the-way'
import type { Host } from '../../core/model/host'
import type { RepairPlan } from '../../core/repair/plan'
import { enumerate } from '../../core/text/count'
import { examineHost, type ExaminerContext } from '../examine-host'
import { prepareRepair, type PrepareContext } from '../repair/prepare-repair'

/**
 * Looks as root which containers are in the way of provisioning a host's machine, and plans their removal. Changes nothing.
 *
 * @returns no plan where none is in the way, or its engine does not answer: it is provisioned first then
 * @throws `conflict` where a container has the name of Swarm's and is not Swarm's own: nobody removes that from here
 */
export async function prepareRemoval(
  context: ExaminerContext & PrepareContext,
  host: Host,
  signal: AbortSignal,
): Promise<{ readonly removal: RepairPlan | undefined }> {
  const { facts } = await examineHost(context, host, { signal, mayAsk: true })
  const finding = agentsInTheWay(facts)
  if (finding === undefined) return { removal: undefined }
  const foreign = finding.details.containers.filter(({ isSwarms }) => !isSwarms)
  if (foreign.length > 0) {
    const names = enumerate(foreign.map(({ name, image }) => `${name} from ${image}`))
    throw new SwarmNetworksError('conflict', `${names} is not Swarm’s own, and provisioning would end at its name`, {
      host: host.name,
      remedy: 'Look what it is, and rename or remove it by hand.',
    })
  }
  const { plans, obstacle } = await prepareRepair(context, { host, facts, finding }, signal)
  if (obstacle !== undefined) throw new SwarmNetworksError('permission-denied', obstacle, { host: host.name })
  return { removal: plans[0] }
}
