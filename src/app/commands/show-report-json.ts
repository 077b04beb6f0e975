import { connectivityJson } from '../../core/report/json-report'
import type { Command } from './command'
import { chooseRun } from './shared/choose-run'

/** The last test of a network as the JSON that the command line prints. */
export const showReportJson: Command = {
  id: 'swarmNetworks.showReportJson',
  async run(context, subject) {
    const run = await chooseRun(context, subject, 'Open Connectivity Report as JSON')
    if (run === undefined) return
    const content = `${JSON.stringify(connectivityJson(run), undefined, 2)}\n`
    await context.ui.openDocument({ name: `connectivity-${run.network.name}.json`, content, show: 'text' })
  },
}
