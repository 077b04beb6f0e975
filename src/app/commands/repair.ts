import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Examination } from '../../core/examine/host/examination'
import type { HostDiagnosis } from '../../core/examine/host/host-diagnosis'
import type { Host } from '../../core/model/host'
import { hasFix } from '../../core/repair/fixes/fix-list'
import type { RepairPlan } from '../../core/repair/plan'
import { beforeAndAfter } from '../../core/repair/before-and-after'
import { examineHost } from '../examine-host'
import { findHost } from '../fleet-lookup'
import { confirmPlan } from '../repair/confirm-plan'
import { prepareRepair } from '../repair/prepare-repair'
import type { RepairResult } from '../repair/repair-runner'
import { runRepair } from '../repair/run-repair'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { notify } from './shared/notify'
import { repairSeveral } from './shared/repair-several'
import { selectedHosts } from './shared/selected-hosts'

interface Found {
  readonly host: Host
  readonly examination: Examination
  readonly finding: HostDiagnosis
}

/**
 * Mends what an examination of a host found: shows the plan, runs it in a terminal, and looks at the host again. Several
 * hosts are repaired one after the other, on each what is to be mended first.
 */
export const repair: Command = {
  id: 'swarmNetworks.repair',
  async run(context, subject, selected = []) {
    if (subject?.kind === 'host') {
      const hosts = selectedHosts(context, subject.hostId, selected)
      if (hosts.length > 1) return repairSeveral(context, hosts)
      await examineFirst(context, hosts)
    }
    if (subject?.kind === 'host-diagnosis') {
      const chosen = chosenFindings(context, [subject, ...selected])
      if (chosen.size > 1) return repairSeveral(context, hostsOf(context, chosen), chosen)
    }
    const found = await choose(context, subject)
    if (found === undefined) return
    const { host, examination, finding } = found
    const { plans, obstacle } = await context.ui.progress(`Planning the repair of ${host.name}`, (_reporter, signal) =>
      atHost(host, () => prepareRepair(context, { host, finding, facts: examination.facts }, signal)),
    )
    if (plans.length === 0) return offerByHand(context, found)
    const plan = await choosePlan(context, host, plans)
    if (plan === undefined) return
    if (!(await confirmPlan(context, plan, { action: 'Repair', ...(obstacle !== undefined && { obstacle }) }))) return
    const result = await runRepair(context, { kind: 'repair', plan })
    if (result !== 'not-begun') await lookAgain(context, found, result)
  },
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

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<Found | undefined> {
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
): Found {
  const host = findHost(context.fleet.fleet, hostId)
  const examination = context.examinations.latest(hostId)
  const finding = examination?.findings[index]
  if (host !== undefined && examination !== undefined && finding?.cause === cause) return { host, examination, finding }
  throw new SwarmNetworksError('not-found', 'A newer examination does not have this finding any more')
}

function repairable(context: CommandContext): readonly Found[] {
  return context.fleet.fleet.hosts.flatMap((host) => {
    const examination = context.examinations.latest(host.id)
    const findings =
      examination?.findings.filter(
        ({ cause, byHand, byHandHere }) => hasFix(cause) || byHand !== undefined || byHandHere !== undefined,
      ) ?? []
    return examination === undefined ? [] : findings.map((finding) => ({ host, examination, finding }))
  })
}

function choosePlan(
  context: CommandContext,
  host: Host,
  plans: readonly RepairPlan[],
): Promise<RepairPlan | undefined> {
  if (plans.length < 2) return Promise.resolve(plans[0])
  const items = plans.map((plan) => ({
    label: plan.title,
    description: `risk: ${plan.risk}`,
    detail: plan.consequences.join(' '),
    icon: 'tools',
    value: plan,
  }))
  return context.ui.pick(items, { title: `Repair ${host.name}`, placeholder: 'Which way' })
}

/** What nobody can mend from here comes with what a person can do, and the commands for it where there are some. */
async function offerByHand(context: CommandContext, { host, finding }: Found): Promise<void> {
  const { title, remedy, byHand = [], byHandHere = [] } = finding
  const lines = [
    ...(byHand.length === 0 ? [] : [`# As root on ${host.name}:`, ...byHand]),
    ...(byHandHere.length === 0 ? [] : ['# On this machine:', ...byHandHere]),
  ]
  const copy = 'Copy Commands'
  const pressed = await context.ui.choose({
    message: `${host.name}: ${title}. This cannot be repaired from here.`,
    detail: [remedy, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n'),
    actions: lines.length === 0 ? [] : [copy],
  })
  if (pressed !== copy) return
  await context.ui.copy(`${lines.join('\n')}\n`)
  notify(context, 'info', `The commands for ${host.name} are in the clipboard.`)
}

/** What was done changes what is true of the host: it is looked at anew, and what differs is told. */
async function lookAgain(context: CommandContext, { host, examination }: Found, result: RepairResult): Promise<void> {
  context.fleet.refresh(host.id)
  try {
    const after = await context.ui.progress(`Examining ${host.name} again`, (_reporter, signal) =>
      examineHost(context, host, { signal, mayAsk: true }),
    )
    context.examinations.set(after)
    const text = beforeAndAfter(host.name, { before: examination.findings, after: after.findings })
    notify(context, result === 'done' && after.findings.length === 0 ? 'info' : 'warn', text)
  } catch (error) {
    context.examinations.forget(host.id)
    notify(context, 'warn', `${host.name} could not be examined again: ${describeError(error)}`)
  }
}
