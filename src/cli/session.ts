import { SwarmNetworksError, describeError } from '../core/errors'
import type { Host } from '../core/model/host'
import type { FleetNetwork } from '../core/model/network'
import type { HostShells } from '../core/ports/host-shell'
import type { FleetService } from '../app/fleet-service'
import type { HostOptions } from './host-options'

/** Where a command prints, and how its caller learns the outcome. */
export interface CliIo {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** What every subcommand works with: the fleet after each host answered or failed, and where to print. */
export interface Session {
  readonly service: FleetService
  /** The hosts’ own command lines. */
  readonly shells: HostShells
  readonly io: CliIo
  readonly signal: AbortSignal
  readonly isJson: boolean
}

/** Opens the fleet that the options name. The caller disposes it. */
export type OpenFleet = (options: HostOptions) => FleetService

/** 0 done or all reachable, 1 something is not reachable, 2 it could not be done or tested. */
export type ExitStatus = 0 | 1 | 2

/** A subcommand's work, on a fleet that has settled. */
export type Work = (session: Session) => ExitStatus | Promise<ExitStatus>

/** Opens the fleet, waits for its hosts, does the work, and closes the fleet again. */
export type Perform = (options: HostOptions, work: Work) => Promise<void>

/** Waits for the hosts, and says on standard error what could not be read and who did not answer. */
export async function settle(session: Session, timeoutSeconds: string): Promise<void> {
  const seconds = Number(timeoutSeconds)
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new SwarmNetworksError('invalid-input', `--timeout takes seconds greater than 0, not "${timeoutSeconds}"`)
  const { service, signal, io } = session
  const deadline = AbortSignal.timeout(seconds * 1000)
  try {
    await service.settled(AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (signal.aborted) throw error
    // The hosts that did answer still count; the others are listed as connecting.
    service.publish()
  }
  for (const problem of service.problems) io.err(`warning: ${problem}`)
  for (const host of service.fleet.hosts) {
    const reason = host.failure?.message ?? (host.state === 'connecting' ? `no answer within ${seconds} s` : undefined)
    if (reason !== undefined) io.err(`warning: ${host.name} (${host.via}): ${host.state}: ${reason}`)
  }
  if (service.fleet.hosts.length === 0)
    throw new SwarmNetworksError('invalid-input', 'No host is known', {
      remedy: 'Name one with --host unix:///var/run/docker.sock, tcp://… or ssh://…, --context NAME or --machine NAME.',
    })
}

/** At least one engine has to answer for anything but the list of hosts. */
export function requireReadyHost({ service }: Session): void {
  if (!service.fleet.hosts.some((host) => host.state === 'ready'))
    throw new SwarmNetworksError('unreachable', 'No host answers', {
      remedy: 'The reasons are listed above; `hosts` shows them again.',
    })
}

/** A network by name, ID or the beginning of its ID; overlays first, because names of local networks repeat. */
export function findNetwork({ service }: Session, wanted: string): FleetNetwork {
  const { networks } = service.fleet
  const byName = networks.filter(({ name }) => name === wanted)
  const overlays = byName.filter(({ scope }) => scope !== 'local')
  const byId = networks.filter(({ id }) => wanted.length >= 4 && id.startsWith(wanted))
  const found = [overlays, byName, byId].find((list) => list.length > 0) ?? []
  if (found.length === 1 && found[0]) return found[0]
  if (found.length === 0)
    throw new SwarmNetworksError('not-found', `No host lists a network "${wanted}"`, {
      remedy: `Known are: ${overlayNames(networks)}.`,
    })
  throw new SwarmNetworksError('invalid-input', `"${wanted}" names ${found.length} networks`, {
    remedy: `Use an ID: ${found.map(({ id, hosts }) => `${id.slice(0, 12)} (${hosts.join(', ')})`).join('; ')}.`,
  })
}

function overlayNames(networks: readonly FleetNetwork[]): string {
  const names = networks.filter(({ scope }) => scope !== 'local').map(({ name }) => name)
  return names.length === 0 ? 'no overlay network at all' : [...new Set(names)].join(', ')
}

/** A ready host by name or address. */
export function findHost(session: Session, wanted: string): Host {
  const host = findKnownHost(session, wanted)
  if (host.state === 'ready') return host
  throw new SwarmNetworksError('unreachable', `${host.name} is ${host.state}`, {
    host: host.name,
    ...(host.failure && { remedy: host.failure.message }),
  })
}

/** A host by name or address, whether its engine answers or not. */
export function findKnownHost({ service }: Session, wanted: string): Host {
  const { hosts } = service.fleet
  const found =
    [
      hosts.filter(({ id }) => id === wanted),
      hosts.filter(({ name }) => name === wanted),
      hosts.filter(({ address }) => address === wanted),
    ].find((list) => list.length > 0) ?? []
  const [host] = found
  if (found.length > 1)
    throw new SwarmNetworksError('invalid-input', `"${wanted}" names ${found.length} hosts`, {
      remedy: `Use a name: ${found.map(({ name }) => name).join(', ')}.`,
    })
  if (host === undefined)
    throw new SwarmNetworksError('not-found', `No host is called "${wanted}"`, {
      remedy: `Known are: ${hosts.map(({ name }) => name).join(', ')}.`,
    })
  return host
}

/** What goes to standard error when a command fails. */
export function reportFailure(error: unknown, io: CliIo): void {
  io.err(`error: ${describeError(error)}`)
}
