import { markdownReport } from '../../core/report/markdown-report'
import type { Command } from './command'
import { chooseRun } from './shared/choose-run'

/** The last test of a network as a rendered Markdown report. */
export const showReport: Command = {
  id: 'swarmNetworks.showReport',
  async run(context, subject) {
    const run = await chooseRun(context, subject, 'Show Connectivity Report')
    if (run === undefined) return
    const name = `connectivity-${run.network.name}.md`
    await context.ui.openDocument({ name, content: markdownReport(run), show: 'preview' })
  },
}
