import { SwarmNetworksError } from '../../core/errors'
import type { HostDiagnosis } from '../../core/examine/host/host-diagnosis'
import type { Host } from '../../core/model/host'
import { hasFix } from '../../core/repair/fixes/fix-list'
import { examineHost } from '../examine-host'
import { findHost } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { notify } from './shared/notify'
import { removeAgents, requireMachine } from './shared/machine-command'
import { offerAfter, offerMachineAgain } from './shared/offer-machine-again'
import { repairFinding, type FoundOnHost } from './shared/repair-finding'
import { repairSeveral } from './shared/repair-several'
import { selectedHosts } from './shared/selected-hosts'

/**
 * Mends what an examination of a host found: shows the plan, runs it in a terminal, and looks at the host again. Several
 * hosts are repaired one after the other, on each what is to be mended first.
 */
export const repair: Command = {
  id: 'swarmNetworks.repair',
  async run(context, subject, selected = []) {
    if (subject?.kind === 'host') {
      const hosts = selectedHosts(context, subject.hostId, selected)
      if (hosts.length > 1) return offerAfter(context, await repairSeveral(context, hosts))
      await examineFirst(context, hosts)
    }
    if (subject?.kind === 'host-diagnosis') {
      const chosen = chosenFindings(context, [subject, ...selected])
      if (chosen.size > 1) return offerAfter(context, await repairSeveral(context, hostsOf(context, chosen), chosen))
    }
    if (subject?.kind === 'host-finding') return repairMachine(context, subject.hostId)
    const found = await choose(context, subject)
    if (found === undefined) return
    if ((await repairFinding(context, found)) === 'done') await offerMachineAgain(context, found.host)
  },
}

/** What docker-machine stopped at, where that is to be repaired and no examination names it: agents that are at work. */
async function repairMachine(context: CommandContext, hostId: string): Promise<void> {
  const host = findHost(context.fleet.fleet, hostId)
  const run = context.machineRuns.failed(hostId)
  if (host === undefined || run?.finding.cause !== 'machine-swarm-agent-conflict')
    throw new SwarmNetworksError('not-found', 'This was not found any more when it was to be repaired')
  await removeAgents(context, run.action, requireMachine(host, run.action))
}

/** A host that nobody looked at yet is looked at first; what cannot be seen without a password is left for later. */
async function examineFirst(context: CommandContext, hosts: readonly Host[]): Promise<void> {
  const [host] = hosts
  if (host === undefined || context.examinations.latest(host.id) !== undefined) return
  const examination = await context.ui.progress(`Examining ${host.name}`, (_reporter, signal) =>
    examineHost(context, host, { signal, mayAsk: false }),
  )
  context.examinations.set(examination)
}

/** Of each host the first of the findings that were selected. */
function chosenFindings(context: CommandContext, selected: readonly NodeSubject[]): ReadonlyMap<string, HostDiagnosis> {
  const chosen = new Map<string, HostDiagnosis>()
  for (const subject of selected)
    if (subject.kind === 'host-diagnosis' && !chosen.has(subject.hostId) && hasFix(subject.cause))
      chosen.set(subject.hostId, requireFinding(context, subject).finding)
  return chosen
}

function hostsOf({ fleet }: CommandContext, chosen: ReadonlyMap<string, unknown>): readonly Host[] {
  return fleet.fleet.hosts.filter(({ id }) => chosen.has(id))
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<FoundOnHost | undefined> {
  if (subject?.kind === 'host-diagnosis') return requireFinding(context, subject)
  const candidates = repairable(context).filter(({ host }) => subject?.kind !== 'host' || host.id === subject.hostId)
  if (candidates.length === 0) {
    const next = subject === undefined ? ': use Examine Host first' : ''
    notify(context, 'info', `No examination found anything that can be repaired from here${next}.`)
    return undefined
  }
  const items = candidates.map((found) => ({
    label: found.finding.title,
    description: found.host.name,
    detail: found.finding.remedy,
    icon: 'tools',
    value: found,
  }))
  return context.ui.pick(items, { title: 'Repair', placeholder: 'What was found' })
}

function requireFinding(
  context: CommandContext,
  { hostId, cause, index }: Extract<NodeSubject, { readonly kind: 'host-diagnosis' }>,
): FoundOnHost {
  const host = findHost(context.fleet.fleet, hostId)
  const examination = context.examinations.latest(hostId)
  const finding = examination?.findings[index]
  if (host !== undefined && examination !== undefined && finding?.cause === cause) return { host, examination, finding }
  throw new SwarmNetworksError('not-found', 'A newer examination does not have this finding any more')
}

function repairable(context: CommandContext): readonly FoundOnHost[] {
  return context.fleet.fleet.hosts.flatMap((host) => {
    const examination = context.examinations.latest(host.id)
    const findings =
      examination?.findings.filter(
        ({ cause, byHand, byHandHere }) => hasFix(cause) || byHand !== undefined || byHandHere !== undefined,
      ) ?? []
    return examination === undefined ? [] : findings.map((finding) => ({ host, examination, finding }))
  })
}
