import { SwarmNetworksError } from '../core/errors'
import type { Fleet } from '../core/model/fleet'
import type { Host } from '../core/model/host'
import { isOverlay } from '../core/model/network'
import { containersJson, hostsJson, networksJson, servicesJson } from '../core/report/fleet-json'
import { singleLine } from '../core/text/single-line'
import { requireReadyHost, type Session } from './session'
import { formatTable } from './table'

function print({ io, isJson }: Session, json: unknown, text: () => string): void {
  io.out(isJson ? JSON.stringify(json, undefined, 2) : text())
}

/** `hosts`: every machine, reachable or not. */
export function listHosts(session: Session): void {
  const { fleet } = session.service
  print(session, hostsJson(fleet), () => hostTable(fleet))
  if (!session.isJson) for (const host of fleet.hosts) warn(session, host)
}

/** `networks`: overlays merged over hosts, then each host's own. */
export function listNetworks(session: Session): void {
  requireReadyHost(session)
  const { fleet } = session.service
  print(session, networksJson(fleet), () => networkTable(fleet))
}

/** `containers`: running or not, on every ready host. */
export function listContainers(session: Session): void {
  requireReadyHost(session)
  const { fleet } = session.service
  print(session, containersJson(fleet), () => containerTable(fleet))
}

/** `services`: of every swarm with a manager that can be reached, with the reason where tasks do not run. */
export function listServices(session: Session): void {
  requireReadyHost(session)
  const { fleet } = session.service
  const hasManager = fleet.hosts.some(({ engine }) => engine?.info.swarm.isManager === true)
  if (!hasManager)
    throw new SwarmNetworksError('not-a-manager', 'None of the hosts that can be reached is a manager of a swarm', {
      remedy: fleet.hosts.some(({ engine }) => engine?.info.classic !== undefined)
        ? 'A classic Swarm has no services: `containers` shows what runs in it.'
        : 'Name a manager with --host: only managers know services.',
    })
  print(session, servicesJson(fleet), () => serviceTable(fleet))
}

function warn({ io }: Session, { name, findings = [] }: Host): void {
  for (const { title, evidence, remedy } of findings)
    io.err(singleLine(`warning: ${name}: ${[`${title}.`, ...evidence, remedy].join(' ')}`, 1000))
}

function hostTable({ hosts }: Fleet): string {
  return formatTable(
    ['NAME', 'ADDRESS', 'STATE', 'ROLE', 'AVAILABILITY', 'ENGINE', 'API', 'VIA'],
    hosts.map((host) => [
      host.name,
      host.address || '-',
      host.state,
      roleText(host),
      host.availability ?? '-',
      host.engineVersion ?? '-',
      host.engine?.info.apiVersion ?? '-',
      host.via || '(no way in known)',
    ]),
  )
}

/** Of a classic Swarm's managers, whether it is the primary or a replica. */
function roleText({ role, isLeader, engine }: Host): string {
  const classic = engine?.info.classic
  if (classic !== undefined) return `classic ${classic.role}`
  return role === undefined ? '-' : `${role}${isLeader ? ' (leader)' : ''}`
}

function networkTable({ networks }: Fleet): string {
  const sorted = [...networks].sort((a, b) => Number(isOverlay(b)) - Number(isOverlay(a)))
  return formatTable(
    ['NAME', 'ID', 'DRIVER', 'SCOPE', 'SUBNET', 'HOSTS', 'MEMBERS'],
    sorted.map(({ name, id, driver, scope, subnets, hosts, members }) => [
      name,
      id.slice(0, 12),
      driver,
      scope,
      subnets.map(({ subnet }) => subnet).join(' ') || '-',
      hosts.join(' '),
      members.map(({ container, host, address }) => `${container}@${host}=${address ?? 'not running'}`).join(' ') ||
        '-',
    ]),
  )
}

function serviceTable(fleet: Fleet): string {
  return formatTable(
    ['NAME', 'MODE', 'RUNNING', 'IMAGE', 'PORTS', 'TASKS', 'PROBLEM'],
    servicesJson(fleet).map(({ name, mode, running, wanted, image, ports, tasks, problem }) => [
      name,
      mode,
      `${running}/${wanted}`,
      image,
      ports.map(({ published, target, protocol }) => `${published ?? '-'}->${target}/${protocol}`).join(' ') || '-',
      tasks.map(({ slot, host, state }) => `${slot === null ? '' : `${slot}@`}${host ?? '-'}=${state}`).join(' ') ||
        '-',
      problem ?? '-',
    ]),
  )
}

function containerTable({ hosts }: Fleet): string {
  return formatTable(
    ['NAME', 'HOST', 'IMAGE', 'STATE', 'NETWORKS', 'ID'],
    hosts.flatMap((host) =>
      (host.engine?.containers ?? []).map((container) => [
        container.name,
        host.name,
        container.image,
        container.state,
        container.attachments.map(({ networkName, address }) => `${networkName}=${address ?? '-'}`).join(' ') || '-',
        container.id.slice(0, 12),
      ]),
    ),
  )
}
