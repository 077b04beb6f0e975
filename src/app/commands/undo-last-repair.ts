import type { Host } from '../../core/model/host'
import { recordFolder, type RepairProgress } from '../../core/repair/record'
import { undoPlan } from '../../core/repair/undo-plan'
import { formatMoment } from '../../core/text/moment'
import { confirmPlan } from '../repair/confirm-plan'
import { undoableRepairs } from '../repair/host-records'
import { runRepair } from '../repair/run-repair'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseHost } from './shared/choose-host'
import { notify } from './shared/notify'

/** Takes the newest repair of a host back, from what the host or the editor kept of it, after showing how. */
export const undoLastRepair: Command = {
  id: 'swarmNetworks.undoLastRepair',
  async run(context, subject) {
    const host = await chooseHost(context, subject, {
      options: { title: 'Undo Last Repair', placeholder: 'Host' },
      candidates: context.fleet.fleet.hosts.filter((candidate) => mayHaveRepairs(context, candidate)),
      none: 'No host has a way in over SSH, and no repair is remembered.',
    })
    if (host === undefined) return
    const [last] = await context.ui.progress(`Looking for repairs of ${host.name}`, (_reporter, signal) =>
      atHost(host, () => undoableRepairs(context, host, signal)),
    )
    const plan = last && undoPlan(last)
    if (last === undefined || plan === undefined) {
      notify(context, 'info', `There is no repair of ${host.name} that could be taken back.`)
      return
    }
    const shown = { ...plan, consequences: [whenText(context, last), ...plan.consequences] }
    if (!(await confirmPlan(context, shown, { action: 'Take Back' }))) return
    await runRepair(context, { kind: 'undo', progress: last, hostName: host.name })
    for (const hostId of plan.hostIds) context.fleet.refresh(hostId)
  },
}

function mayHaveRepairs({ repairs }: CommandContext, { id, sshTarget }: Host): boolean {
  if (sshTarget !== undefined) return true
  return repairs.read().some(({ record, isUndone }) => !isUndone && record.plan.hostIds.includes(id))
}

function whenText({ clock }: CommandContext, { record, outcome }: RepairProgress): string {
  const at = formatMoment(record.startedAt, clock.now())
  const how = outcome === 'done' ? 'was done' : 'was begun and did not come to its end'
  return `The repair ${how} at ${at}. Its record: ${recordFolder(record.plan.record)}.`
}
