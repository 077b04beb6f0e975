import { SwarmNetworksError } from '../../core/errors'
import { examinationReport } from '../../core/examine/host/report/examination-report'
import type { Command } from './command'
import { chooseHost } from './shared/choose-host'

/** The newest examination of a host as a rendered report, without looking again. */
export const showExamination: Command = {
  id: 'swarmNetworks.showExamination',
  async run(context, subject) {
    const clicked = subject?.kind === 'host-diagnosis' ? ({ kind: 'host', hostId: subject.hostId } as const) : subject
    const host = await chooseHost(context, clicked, {
      options: { title: 'Show Examination', placeholder: 'Host that was examined' },
      candidates: context.fleet.fleet.hosts.filter(({ id }) => context.examinations.latest(id) !== undefined),
      none: 'No host was examined yet: use Examine Host first.',
    })
    if (host === undefined) return
    const examination = context.examinations.latest(host.id)
    if (examination === undefined)
      throw new SwarmNetworksError('not-found', `${host.name} was not examined yet`, {
        host: host.name,
        remedy: 'Use Examine Host.',
      })
    const content = examinationReport(examination)
    await context.ui.openDocument({ name: `examination-${host.name}.md`, content, show: 'preview' })
  },
}
