import { forEachBounded } from '../../../core/collections/for-each-bounded'
import { SwarmNetworksError, describeError } from '../../../core/errors'
import type { Examined } from '../../../core/examine/host/report/comparison-report'
import type { Host } from '../../../core/model/host'
import { count } from '../../../core/text/count'
import { examineHost } from '../../examine-host'
import type { CommandContext } from '../command'

/** How many hosts are looked at side by side. */
const sideBySide = 8

/**
 * Examines hosts side by side and keeps what was found. Nobody is asked for passwords of many hosts at once; one host that
 * fails holds up no other.
 *
 * @returns one for each, in the order of the hosts
 */
export async function examineSideBySide(context: CommandContext, hosts: readonly Host[]): Promise<readonly Examined[]> {
  const examined = new Map<string, Examined>()
  await context.ui.progress(`Examining ${count(hosts.length, 'host')}`, (reporter, signal) =>
    forEachBounded(hosts, sideBySide, async (host) => {
      examined.set(host.id, await attempt(context, host, signal))
      reporter.report(`${examined.size} of ${hosts.length}`)
    }),
  )
  return hosts.flatMap(({ id }) => examined.get(id) ?? [])
}

async function attempt(context: CommandContext, host: Host, signal: AbortSignal): Promise<Examined> {
  try {
    const examination = await examineHost(context, host, { signal, mayAsk: false })
    context.examinations.set(examination)
    return { host: host.name, examination }
  } catch (error) {
    if (signal.aborted || !SwarmNetworksError.is(error)) throw error
    return { host: host.name, failure: describeError(error) }
  }
}
