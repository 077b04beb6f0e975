import { SwarmNetworksError } from '../../core/errors'
import type { HostContainer } from '../../core/repair/container-look'
import { planRestartEngine } from '../../core/repair/network/restart-engine'
import { restartPolicyOf } from '../../core/repair/network/restart-policy'
import { quorumWithout } from '../../core/repair/roll-out/manager-gate'
import type { Host } from '../../core/model/host'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseHost, hostItem } from './shared/choose-host'
import { requireFinding } from './shared/choose-finding'
import { requireHost } from './shared/choose-container'
import { offerRepair } from './shared/offer-repair'
import { repairNetwork } from './shared/repair-network'

/** Restarts Docker on a host over SSH, after saying which containers stop with it and which of them come back. */
export const restartEngine: Command = {
  id: 'swarmNetworks.restartEngine',
  async run(context, subject) {
    const host = await choose(context, subject)
    if (host === undefined) return
    const containers = await context.ui.progress(`Looking at what runs on ${host.name}`, (_reporter, signal) =>
      atHost(host, () => hostContainers(context, host, signal)),
    )
    const draft = planRestartEngine(host, containers, quorumWithout(context.fleet.fleet, host))
    if (subject?.kind === 'finding') await repairNetwork(context, draft, { key: subject.networkKey })
    else await offerRepair(context, draft)
  },
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<Host | undefined> {
  const title = 'Restart Docker'
  if (subject?.kind === 'finding') {
    const hosts = requireFinding(context, subject, 'restart-engine').fix.hostIds.map((id) => requireHost(context, id))
    const [first, ...others] = hosts
    if (others.length === 0) return first
    // One after the other: a swarm must not lose all its managers at once.
    return context.ui.pick(hosts.map(hostItem), { title, placeholder: 'Host to begin with' })
  }
  return chooseHost(context, subject, {
    options: { title, placeholder: 'Host' },
    candidates: context.fleet.fleet.hosts.filter(({ sshTarget }) => sshTarget !== undefined),
    none: 'There is no host with a way in over SSH.',
  })
}

async function hostContainers(
  { fleet }: CommandContext,
  { id, engine }: Host,
  signal: AbortSignal,
): Promise<readonly HostContainer[]> {
  const client = fleet.client(id)
  const looked = (engine?.containers ?? []).map(async ({ id: containerId, name, state, task }) => {
    const details = await unlessGone(client.containers.inspect(containerId, signal))
    if (details === undefined) return []
    const isRunning = state === 'running' || state === 'paused'
    // What runs has not been stopped by hand; what does not is started again by `always` alone.
    return [
      {
        name,
        isRunning,
        restartPolicy: restartPolicyOf(details.raw),
        isTask: task !== undefined,
        isStoppedByHand: !isRunning,
      },
    ]
  })
  return (await Promise.all(looked)).flat()
}

/** Who has been removed meanwhile, as the helper of the last test may have been, does not stop and come back. */
async function unlessGone<T>(inspected: Promise<T>): Promise<T | undefined> {
  try {
    return await inspected
  } catch (error) {
    if (error instanceof SwarmNetworksError && error.code === 'not-found') return undefined
    throw error
  }
}
