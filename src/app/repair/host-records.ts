import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Host } from '../../core/model/host'
import { parseRecords } from '../../core/repair/parse-records'
import type { RepairProgress } from '../../core/repair/record'
import { listRecords } from '../../core/repair/record-commands'
import { undoableAt } from '../../core/repair/undoable'
import type { Log } from '../../core/ports/environment'
import type { RepairMemory } from '../../core/ports/repair-memory'
import { RepairHosts, type RepairHostsContext } from './repair-hosts'

export interface HostRecordsContext extends RepairHostsContext {
  readonly repairs: RepairMemory
  readonly log: Log
}

/**
 * The repairs that can be taken back on a host, the newest first. The host is asked for its own records where there is a
 * way in over SSH; may ask for a password.
 *
 * @throws `cancelled`, or why the host could not be asked where the editor remembers nothing either
 */
export async function undoableRepairs(
  context: HostRecordsContext,
  host: Host,
  signal: AbortSignal,
): Promise<readonly RepairProgress[]> {
  const remembered = context.repairs.read()
  try {
    return undoableAt(host.id, remembered, await recordsOn(context, host, signal))
  } catch (error) {
    const known = undoableAt(host.id, remembered, [])
    if (known.length === 0 || SwarmNetworksError.is(error, 'cancelled')) throw error
    context.log.warn(`${host.name}: its records cannot be read: ${describeError(error)}`)
    return known
  }
}

async function recordsOn(
  context: HostRecordsContext,
  host: Host,
  signal: AbortSignal,
): Promise<readonly RepairProgress[]> {
  if (host.sshTarget === undefined) return []
  const hosts = new RepairHosts(context)
  try {
    const root = await hosts.root(host.id, signal)
    const { stdout } = await root.run(listRecords(), signal)
    return parseRecords(stdout)
  } finally {
    hosts.dispose()
  }
}
