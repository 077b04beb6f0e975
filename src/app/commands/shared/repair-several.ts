import { SwarmNetworksError, describeError } from '../../../core/errors'
import type { Examination } from '../../../core/examine/host/examination'
import type { HostDiagnosis } from '../../../core/examine/host/host-diagnosis'
import type { Host } from '../../../core/model/host'
import { hasFix } from '../../../core/repair/fixes/fix-list'
import { planScript } from '../../../core/repair/plan-script'
import { isEngineUp } from '../../../core/repair/restart-consequences'
import { describeRollOut, summarizeRollOut, type LeftOut } from '../../../core/repair/roll-out/describe-roll-out'
import { inRollOutOrder, rollOutRole } from '../../../core/repair/roll-out/roll-out-order'
import { count } from '../../../core/text/count'
import { examineHost } from '../../examine-host'
import { prepareRepair } from '../../repair/prepare-repair'
import type { HostOutcome, RollOutEntry } from '../../repair/roll-out-runner'
import { runRollOut } from '../../repair/run-roll-out'
import type { CommandContext } from '../command'
import { atHost } from './at-host'
import { examineSideBySide } from './examine-several'
import { hostItem } from './choose-host'
import { notify } from './notify'

/** How long plans are made from an examination without looking again, in milliseconds. */
const freshMs = 300_000

interface Candidate {
  readonly host: Host
  readonly examination: Examination
  /** What is repaired first: the most telling of what there is a fix for. */
  readonly finding: HostDiagnosis
}

/**
 * Repairs several hosts one after the other: on each what is to be mended first. Those that were not examined yet are; all
 * plans are shown before anything runs.
 *
 * @param chosen what is to be repaired on hosts where the user said so
 * @returns the hosts that are repaired
 */
export async function repairSeveral(
  context: CommandContext,
  hosts: readonly Host[],
  chosen: ReadonlyMap<string, HostDiagnosis> = new Map(),
): Promise<readonly Host[]> {
  const leftOut: LeftOut[] = [
    ...(await examineAgain(
      context,
      hosts.filter(({ id }) => !chosen.has(id)),
    )),
  ]
  const candidates = hosts.flatMap((host) => candidateOf(context, host, chosen.get(host.id)))
  if (candidates.length === 0) {
    const failures = leftOut.map(({ hostName, why }) => `${hostName}: ${why}`)
    notify(context, 'info', ['Nothing was found on these hosts that can be repaired from here.', ...failures].join(' '))
    return []
  }
  const picked = await pickHosts(context, candidates)
  if (picked === undefined || picked.length === 0) return []
  const entries = inRollOutOrder(await planAll(context, picked, leftOut))
  if (entries.length === 0) throw nothingToRun(leftOut)
  if (!(await confirmRollOut(context, entries, leftOut))) return []
  const outcomes = await runRollOut(context, entries)
  tell(context, entries, outcomes)
  return entries.filter((_, index) => outcomes[index] === 'done').map(({ host }) => host)
}

/** Looks at the hosts that were not looked at lately: plans are made from what is true now. */
async function examineAgain(context: CommandContext, hosts: readonly Host[]): Promise<readonly LeftOut[]> {
  const since = context.clock.now() - freshMs
  const stale = hosts.filter(({ id }) => (context.examinations.latest(id)?.facts.examinedAt ?? 0) < since)
  if (stale.length === 0) return []
  const examined = await examineSideBySide(context, stale)
  return examined.flatMap((one) =>
    'failure' in one ? [{ hostName: one.host, why: `It could not be examined. ${one.failure}` }] : [],
  )
}

function candidateOf(
  { examinations }: CommandContext,
  host: Host,
  chosen: HostDiagnosis | undefined,
): readonly Candidate[] {
  const examination = examinations.latest(host.id)
  const finding = chosen ?? examination?.findings.find(({ cause }) => hasFix(cause))
  return examination === undefined || finding === undefined ? [] : [{ host, examination, finding }]
}

function pickHosts(
  { ui }: CommandContext,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[] | undefined> {
  const items = candidates.map((candidate) => ({
    ...hostItem(candidate.host),
    detail: candidate.finding.title,
    isPicked: true,
    value: candidate,
  }))
  return ui.pickMany(items, { title: 'Repair Hosts', placeholder: 'Hosts, each with what is repaired there' })
}

/** One host after the other: each may ask for a password. */
async function planAll(
  context: CommandContext,
  candidates: readonly Candidate[],
  leftOut: LeftOut[],
): Promise<readonly RollOutEntry[]> {
  return context.ui.progress(`Planning the repair of ${count(candidates.length, 'host')}`, async (reporter, signal) => {
    const entries: RollOutEntry[] = []
    for (const [index, candidate] of candidates.entries()) {
      reporter.report(`${index + 1} of ${candidates.length}`)
      const planned = await planOne(context, candidate, signal)
      if ('plan' in planned) entries.push(planned)
      else leftOut.push(planned)
    }
    return entries
  })
}

async function planOne(
  context: CommandContext,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<RollOutEntry | LeftOut> {
  const { host } = candidate
  try {
    const { examination, finding } = await seenAsRoot(context, candidate, signal)
    const { facts, findings } = examination
    const { plans, obstacle } = await atHost(host, () => prepareRepair(context, { host, facts, finding }, signal))
    const [plan] = plans
    if (plan === undefined)
      return { hostName: host.name, why: `What was found there cannot be repaired from here: ${finding.title}.` }
    if (obstacle !== undefined) return { hostName: host.name, why: obstacle }
    return {
      ...{ host, hostName: host.name, role: rollOutRole(host, facts.listening), plan, finding, before: findings },
      isEngineUp: isEngineUp(facts),
      others: findings.filter((other) => other !== finding).map(({ title }) => title),
    }
  } catch (error) {
    if (signal.aborted || !SwarmNetworksError.is(error)) throw error
    return { hostName: host.name, why: describeError(error) }
  }
}

/**
 * What is there for root's eyes: a plan that was made from less could miss a file, and what is seen only afterwards would
 * look as if the repair had brought it.
 */
async function seenAsRoot(context: CommandContext, candidate: Candidate, signal: AbortSignal): Promise<Candidate> {
  const { host, finding } = candidate
  if (candidate.examination.facts.access.rights !== 'none') return candidate
  const examination = await examineHost(context, host, { signal, mayAsk: true })
  context.examinations.set(examination)
  const same = examination.findings.find(({ cause }) => cause === finding.cause)
  if (same === undefined) throw new SwarmNetworksError('not-found', `This is not found any more: ${finding.title}`)
  return { host, examination, finding: same }
}

function nothingToRun(leftOut: readonly LeftOut[]): SwarmNetworksError {
  const why = leftOut.map(({ hostName, why: reason }) => `${hostName}: ${reason}`).join(' ')
  return new SwarmNetworksError('unsupported', `None of the hosts can be repaired from here. ${why}`)
}

async function confirmRollOut(
  context: CommandContext,
  entries: readonly RollOutEntry[],
  leftOut: readonly LeftOut[],
): Promise<boolean> {
  const { ui } = context
  const content = describeRollOut(entries, leftOut)
  await ui.openDocument({ name: `repair-of-${entries.length}-hosts.md`, content, show: 'preview' })
  const [run, copy] = ['Repair One by One', 'Copy Commands']
  const pressed = await ui.choose({
    message: `Repair ${count(entries.length, 'host')}, one after the other?`,
    detail: summarizeRollOut(entries, leftOut),
    actions: [run, copy],
  })
  if (pressed === copy) {
    await ui.copy(entries.map(({ plan, host }) => planScript(plan, host.id)).join('\n'))
    notify(
      context,
      'info',
      'The commands are in the clipboard, each host’s as a script of its own, to be run as root there.',
    )
  }
  return pressed === run
}

function tell(context: CommandContext, entries: readonly RollOutEntry[], outcomes: readonly HostOutcome[]): void {
  const at = (outcome: HostOutcome) => entries.filter((_, index) => outcomes[index] === outcome)
  const done = at('done')
  const untouched = at('waiting').map(({ hostName }) => hostName)
  const stopped = entries.find((_, index) => !['done', 'waiting'].includes(outcomes[index] ?? 'waiting'))
  if (done.length === entries.length) {
    notify(context, 'info', `${count(done.length, 'host is', 'hosts are')} repaired.`)
    return
  }
  const parts = [
    `${done.length} of ${count(entries.length, 'host')} ${done.length === 1 ? 'is' : 'are'} repaired.`,
    ...(stopped === undefined ? [] : [`It stopped at ${stopped.hostName}.`]),
    ...(untouched.length === 0 ? [] : [`Not touched: ${untouched.join(', ')}.`]),
  ]
  notify(context, 'warn', parts.join(' '))
}
