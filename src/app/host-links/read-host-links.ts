import { forEachBounded } from '../../core/collections/for-each-bounded'
import { describeError, SwarmNetworksError } from '../../core/errors'
import type { HostLinks, LinksReading } from '../../core/host-links/host-links'
import { linksScript, parseLinks } from '../../core/host-links/links-script'
import type { Host } from '../../core/model/host'
import type { HostShells } from '../../core/ports/host-shell'
import { withHelper, type HelperOptions } from '../connectivity/helper'
import type { FleetAccess } from '../fleet-access'

const hostsAtATime = 8
const scriptMs = 5_000
/** What connecting, or making a helper, may take besides. */
const hostMs = 15_000

export interface LinksContext {
  readonly fleet: Pick<FleetAccess, 'client'>
  readonly shells: HostShells
  /** Absent: hosts without a way in over SSH are not looked at. */
  readonly helper?: HelperOptions | undefined
}

/**
 * Reads routes and network cards of hosts, side by side: over SSH where that is the way in, elsewhere from a short-lived
 * container in the host's network, out of an image that the host has. Nothing is changed. A host that cannot be looked at is
 * named with the reason; nothing is thrown but `cancelled`.
 */
export async function readHostLinks(
  context: LinksContext,
  hosts: readonly Host[],
  signal: AbortSignal,
): Promise<LinksReading> {
  const found = new Map<string, HostLinks>()
  const reasons = new Map<string, string>()
  await forEachBounded(hosts, hostsAtATime, async (host) => {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(hostMs)])
      const { routes, cards } = parseLinks(await ask(context, host, limited))
      if (cards.length === 0) reasons.set(host.id, 'it said nothing that could be read')
      else found.set(host.id, { hostId: host.id, host: host.name, address: host.address, routes, cards })
    } catch (error) {
      if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { cause: error })
      reasons.set(host.id, describeError(error))
    }
  })
  return {
    hosts: hosts.flatMap(({ id }) => found.get(id) ?? []),
    notLooked: hosts.flatMap(({ id, name }) => {
      const reason = reasons.get(id)
      return reason === undefined ? [] : [{ host: name, reason }]
    }),
  }
}

async function ask({ fleet, shells, helper }: LinksContext, host: Host, signal: AbortSignal): Promise<string> {
  const { target, state } = host
  if (target === undefined || state !== 'ready')
    throw new SwarmNetworksError('unreachable', state === 'unknown' ? 'no way in is known' : `it is ${state}`)
  const command = ['sh', '-c', linksScript]
  if (host.way?.endpoint.kind === 'ssh') {
    const shell = await shells.openShell({ ...target, name: host.name }, signal)
    try {
      return (await shell.run({ command, deadlineMs: scriptMs }, signal)).stdout
    } finally {
      shell.dispose()
    }
  }
  if (helper === undefined)
    throw new SwarmNetworksError('unsupported', 'it has no way in over SSH, and helpers are switched off')
  const client = fleet.client(host.id)
  const look = async (id: string) =>
    (await client.containers.exec(id, { command, deadlineMs: scriptMs }, signal)).stdout
  return withHelper({ client, host: host.name, limitMs: hostMs, options: helper }, look, signal)
}
