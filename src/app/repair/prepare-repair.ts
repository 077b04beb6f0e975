import { SwarmNetworksError, describeError } from '../../core/errors'
import type { HostDiagnosis } from '../../core/examine/host/host-diagnosis'
import type { HostFacts } from '../../core/examine/host/host-facts'
import type { Host } from '../../core/model/host'
import type { Clock } from '../../core/ports/environment'
import { containerLook, parseContainerLook } from '../../core/repair/container-look'
import { plansFor } from '../../core/repair/fixes/fix-list'
import type { RepairPlan } from '../../core/repair/plan'
import { quorumWithout } from '../../core/repair/roll-out/manager-gate'
import type { RepairSituation } from '../../core/repair/situation'
import type { RootShell } from '../root/root-access'
import { RepairHosts, type RepairHostsContext } from './repair-hosts'

export interface PrepareContext extends RepairHostsContext {
  readonly clock: Clock
}

/** What is to be mended, and where. */
export interface RepairSubject {
  readonly host: Host
  readonly facts: HostFacts
  readonly finding: HostDiagnosis
}

export interface PreparedRepair {
  /** The ways to mend it, the preferred one first. */
  readonly plans: readonly RepairPlan[]
  /** Why none of them can be run from here, for a person; absent where they can. */
  readonly obstacle?: string
}

/**
 * Makes the plans for a finding: as root, it looks at which containers a restart would stop, and at what made those that are
 * to be removed. May ask for a password. Changes nothing.
 *
 * @throws `cancelled` where no password was given, or why the host cannot be reached
 */
export async function prepareRepair(
  context: PrepareContext,
  { host, facts, finding }: RepairSubject,
  signal: AbortSignal,
): Promise<PreparedRepair> {
  const quorum = quorumWithout(context.fleet.fleet, host)
  const situation: RepairSituation = {
    hostId: host.id,
    hostName: host.name,
    facts,
    containers: undefined,
    ...(quorum !== undefined && { quorum }),
    ...(host.target && { target: host.target }),
    now: context.clock.now(),
  }
  const hosts = new RepairHosts(context)
  try {
    const root = await hosts.root(host.id, signal)
    return { plans: plansFor(finding, { ...situation, ...(await lookAround(root, { finding, facts }, signal)) }) }
  } catch (error) {
    if (!SwarmNetworksError.is(error, 'permission-denied')) throw error
    return { plans: plansFor(finding, situation), obstacle: describeError(error) }
  } finally {
    hosts.dispose()
  }
}

async function lookAround(
  root: RootShell,
  { finding, facts }: Pick<RepairSubject, 'finding' | 'facts'>,
  signal: AbortSignal,
): Promise<Pick<RepairSituation, 'containers' | 'inspections'>> {
  const { code, stdout } = await root.run(containerLook(dataRootOf(facts)), signal)
  const containers = code === 0 ? parseContainerLook(stdout) : undefined
  if (finding.cause !== 'leftover-swarm-agent') return { containers }
  const ids = finding.details.containers.filter(({ source }) => source === 'engine').map(({ id }) => id)
  return { containers, inspections: await inspect(root, ids, signal) }
}

async function inspect(
  root: RootShell,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, unknown>> {
  if (ids.length === 0) return new Map()
  const command = ['docker', 'inspect', '--type', 'container', ...ids]
  const { code, stdout } = await root.run({ command, deadlineMs: 20_000, maxBytes: 1_048_576 }, signal)
  if (code !== 0) return new Map()
  const inspected = JSON.parse(stdout) as readonly { readonly Id?: unknown }[]
  return new Map(inspected.map((one) => [String(one.Id), one]))
}

function dataRootOf({ commandLine, daemonJson }: HostFacts): string {
  const flag = commandLine.flags.find(({ name }) => name === 'data-root' || name === 'graph')?.value
  const directive = daemonJson.directives?.['data-root'] ?? daemonJson.directives?.['graph']
  return flag ?? (typeof directive === 'string' ? directive : '/var/lib/docker')
}
