import type { Examination } from '../../../core/examine/host/examination'
import { examinationReport } from '../../../core/examine/host/report/examination-report'
import type { Host } from '../../../core/model/host'
import { count } from '../../../core/text/count'
import { examineHost } from '../../examine-host'
import type { CommandContext } from '../command'

const asRootAction = 'Look as Root…'

/** Examines a host and shows the report; where that is not all for want of rights, it offers to look as root. */
export async function examineOne(context: CommandContext, host: Host, mayAsk = false): Promise<void> {
  const examination = await context.ui.progress(`Examining ${host.name}`, (_reporter, signal) =>
    examineHost(context, host, { signal, mayAsk }),
  )
  context.examinations.set(examination)
  await context.ui.openDocument({
    name: `examination-${host.name}.md`,
    content: examinationReport(examination),
    show: 'preview',
  })
  if (mayAsk || !wantsRoot(examination)) return
  const { access, unseen } = examination.facts
  const pressed = await context.ui.info(
    `${access.user} may not see everything at ${host.name}: ${count(unseen.length, 'thing')} could not be looked at.`,
    [asRootAction],
  )
  if (pressed === asRootAction) await examineOne(context, host, true)
}

function wantsRoot({ facts }: Examination): boolean {
  return facts.access.rights === 'none' && facts.unseen.length > 0
}
