import { describeError } from '../../../core/errors'
import type { Examination } from '../../../core/examine/host/examination'
import type { HostDiagnosis } from '../../../core/examine/host/host-diagnosis'
import type { Host } from '../../../core/model/host'
import { beforeAndAfter } from '../../../core/repair/before-and-after'
import type { RepairPlan } from '../../../core/repair/plan'
import { examineHost } from '../../examine-host'
import { confirmPlan } from '../../repair/confirm-plan'
import { prepareRepair } from '../../repair/prepare-repair'
import type { RepairResult } from '../../repair/repair-runner'
import { runRepair } from '../../repair/run-repair'
import type { CommandContext } from '../command'
import { atHost } from './at-host'
import { notify } from './notify'

/** What was found on a host, and is to be mended. */
export interface FoundOnHost {
  readonly host: Host
  readonly examination: Examination
  readonly finding: HostDiagnosis
}

/**
 * Plans the repair of what was found on a host, shows it, runs it in a terminal, and looks at the host again.
 *
 * @returns how it ended; undefined where it was not run
 */
export async function repairFinding(context: CommandContext, found: FoundOnHost): Promise<RepairResult | undefined> {
  const { host, examination, finding } = found
  const { plans, obstacle } = await context.ui.progress(`Planning the repair of ${host.name}`, (_reporter, signal) =>
    atHost(host, () => prepareRepair(context, { host, finding, facts: examination.facts }, signal)),
  )
  if (plans.length === 0) {
    await offerByHand(context, found)
    return undefined
  }
  const plan = await choosePlan(context, host, plans)
  if (plan === undefined) return undefined
  if (!(await confirmPlan(context, plan, { action: 'Repair', ...(obstacle !== undefined && { obstacle }) })))
    return undefined
  const result = await runRepair(context, { kind: 'repair', plan })
  if (result !== 'not-begun') await lookAgain(context, found, result)
  return result
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
async function offerByHand(context: CommandContext, { host, finding }: FoundOnHost): Promise<void> {
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
async function lookAgain(
  context: CommandContext,
  { host, examination }: FoundOnHost,
  result: RepairResult,
): Promise<void> {
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
