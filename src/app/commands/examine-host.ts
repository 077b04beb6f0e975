import { comparisonReport } from '../../core/examine/host/report/comparison-report'
import type { Host } from '../../core/model/host'
import { hasFix } from '../../core/repair/fixes/fix-list'
import { enumerate } from '../../core/text/count'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { hostItem } from './shared/choose-host'
import { examineOne } from './shared/examine-one'
import { examineSideBySide } from './shared/examine-several'
import { notify } from './shared/notify'
import { offerAfter } from './shared/offer-machine-again'
import { repairSeveral } from './shared/repair-several'
import { selectedHosts } from './shared/selected-hosts'

const repairAction = 'Repair…'

/**
 * Looks at hosts over SSH, whether their engines run or not, and shows what is wrong there. Changes nothing. One host
 * gets a report with all that was seen; several get a table of who has what.
 */
export const examineHost: Command = {
  id: 'swarmNetworks.examineHost',
  async run(context, subject, selected) {
    const hosts = await chooseHosts(context, subject, selected ?? [])
    const [only] = hosts
    if (only === undefined) return
    if (hosts.length > 1) await examineSeveral(context, hosts)
    else await examineOne(context, only)
  },
}

/** Every host that was clicked or selected; from the palette, those that the user picks. */
async function chooseHosts(
  context: CommandContext,
  subject: NodeSubject | undefined,
  selected: readonly NodeSubject[],
): Promise<readonly Host[]> {
  if (subject !== undefined && 'hostId' in subject) return selectedHosts(context, subject.hostId, selected)
  const candidates = context.fleet.fleet.hosts.filter(hasSsh)
  if (candidates.length === 0) {
    notify(
      context,
      'info',
      'No host has a way in over SSH. Add one with an ssh:// URL; both ways then lead to one host.',
    )
    return []
  }
  const [only] = candidates
  if (candidates.length === 1 && only !== undefined) return [only]
  const isTroubled = (host: Host) => host.state === 'unreachable'
  const items = candidates
    .toSorted((a, b) => Number(isTroubled(b)) - Number(isTroubled(a)))
    .map((host) => ({ ...hostItem(host), isPicked: isTroubled(host) }))
  return (
    (await context.ui.pickMany(items, { title: 'Examine Hosts', placeholder: 'Hosts with a way in over SSH' })) ?? []
  )
}

function hasSsh({ sshTarget }: Host): boolean {
  return sshTarget !== undefined
}

/** A table of who has what; where something of it can be repaired, that is offered. */
async function examineSeveral(context: CommandContext, hosts: readonly Host[]): Promise<void> {
  const examined = await examineSideBySide(context, hosts)
  await context.ui.openDocument({ name: 'examinations.md', content: comparisonReport(examined), show: 'preview' })
  const broken = hosts.filter(({ id }) => hasRepairable(context, id))
  if (broken.length === 0) return
  const names = enumerate(broken.map(({ name }) => name))
  const pressed = await context.ui.warn(`Something was found that can be repaired on ${names}.`, [repairAction])
  if (pressed === repairAction) await offerAfter(context, await repairSeveral(context, broken))
}

function hasRepairable({ examinations }: CommandContext, hostId: string): boolean {
  return examinations.latest(hostId)?.findings.some(({ cause }) => hasFix(cause)) === true
}
