import { stepLines } from '../../core/connection-step'
import { targetsOf } from '../../core/fleet/targets-of'
import type { EngineInfo } from '../../core/model/engine'
import type { Examination } from '../../core/examine/host/examination'
import type { Host } from '../../core/model/host'
import { codeSpan, definitionList, escapeMarkdown } from '../../core/text/markdown'
import { formatMoment } from '../../core/text/moment'
import { singleLine } from '../../core/text/single-line'
import { classicRole, classicRows } from './classic-rows'
import { colors, contextOf, describe, labelOf, speak } from './node-parts'
import type { TreeNode } from './tree-node'

export interface HostNodeOptions {
  readonly now: number
  readonly tasks: number
  /** Its newest examination. */
  readonly examination: Examination | undefined
}

/**
 * A host of the Hosts view: what it is in its swarm while it answers, why and since when it does not.
 *
 * @param options.tasks how many tasks a manager knows there, where the engine itself cannot be asked
 */
export function hostNode(host: Host, { now, tasks, examination }: HostNodeOptions): TreeNode {
  const isBare = host.findings === undefined && tasks === 0 && (examination?.findings.length ?? 0) === 0
  return {
    id: `host:${host.id}`,
    subject: { kind: 'host', hostId: host.id },
    label: labelOf(host.name),
    description: describe(...summary(host, now)),
    tooltip: tooltip(host, now),
    accessibleText: speak(host.name, stateInWords(host), ...role(host), ...summary(host, now).slice(-2)),
    icon: icon(host),
    collapse: host.engine === undefined && isBare ? 'none' : 'collapsed',
    context: hostContext(host, examination !== undefined),
  }
}

/** The words that a host's menus match, in whichever view it stands. */
export function hostContext(host: Host, isExamined = false): string {
  return contextOf(
    'host',
    `state-${host.state}`,
    ...new Set(targetsOf(host).map(({ source }) => `source-${source}` as const)),
    host.address === '' ? undefined : 'addressed',
    host.role,
    makesNetworks(host) ? 'makes-networks' : undefined,
    host.sshTarget === undefined ? undefined : 'ssh',
    isExamined ? 'examined' : undefined,
    host.availability === 'drain' || host.availability === 'pause' ? 'inactive-node' : undefined,
  )
}

/** Whether the host itself can be asked to make an overlay network. */
function makesNetworks({ role, engine }: Host): boolean {
  return role === 'manager' || engine?.info.clusterStore !== undefined || engine?.info.classic !== undefined
}

function summary(host: Host, now: number): readonly (string | undefined)[] {
  switch (host.state) {
    case 'ready':
      return [...role(host), ...trouble(host), host.engineVersion, host.address]
    case 'connecting':
      return ['connecting…', host.failure && singleLine(host.failure.message, 100), host.address]
    case 'unreachable':
    case 'unauthorized':
      return [stateInWords(host), host.failure && `since ${formatMoment(host.failure.since, now)}`, reason(host)]
    case 'disabled':
      return ['disabled', host.address]
    case 'unknown':
      return [...role(host), ...trouble(host), 'no way in', host.engineVersion, host.address]
  }
}

function role(host: Host): readonly (string | undefined)[] {
  return [host.role, host.isLeader ? 'leader' : undefined, classicRole(host)]
}

/** What a manager says against the node; nothing where all is as it should be. */
function trouble(host: Host): readonly (string | undefined)[] {
  return [
    host.availability === undefined || host.availability === 'active'
      ? undefined
      : availabilityInWords[host.availability],
    host.nodeState === undefined || host.nodeState === 'ready' ? undefined : `node ${host.nodeState}`,
  ]
}

const availabilityInWords = { active: 'active', pause: 'paused', drain: 'drained' } as const

function reason(host: Host): string | undefined {
  return host.failure && singleLine(host.failure.message, 100)
}

function stateInWords(host: Host): string {
  return host.state === 'unauthorized' ? 'not authorized' : host.state
}

function icon(host: Host): TreeNode['icon'] {
  switch (host.state) {
    case 'ready': {
      const isFine = trouble(host).every((text) => text === undefined)
      return {
        name: host.role === 'manager' ? 'server-environment' : 'server',
        color: isFine ? colors.good : colors.waiting,
      }
    }
    case 'connecting':
      return { name: 'sync', color: colors.waiting }
    case 'unreachable':
      return { name: 'debug-disconnect', color: colors.bad }
    case 'unauthorized':
      return { name: 'lock', color: colors.bad }
    case 'disabled':
      return { name: 'circle-slash', color: colors.off }
    case 'unknown':
      return { name: 'question', color: colors.off }
  }
}

function tooltip(host: Host, now: number): string {
  const { engine, failure } = host
  const rows = definitionList([
    ['Why', failure && escapeMarkdown(failure.message)],
    ['Steps', failure?.steps && stepLines(failure.steps).map(escapeMarkdown).join(' · ')],
    ['Since', failure && formatMoment(failure.since, now)],
    ['Next try', failure && nextTry(failure.nextTryAt, now)],
    [
      'Role',
      escapeMarkdown(
        role(host)
          .filter((part) => part !== undefined)
          .join(', '),
      ),
    ],
    ['Availability', host.availability && availabilityInWords[host.availability]],
    ['Node, as a manager sees it', host.nodeState],
    ['Address', codeSpan(host.address)],
    ['Way in', codeSpan(host.via)],
    ['Also', host.alsoVia.map(codeSpan).join(', ')],
    ['docker-machine', machineText(host)],
    ['Engine', engineText(host)],
    ['System', engine && escapeMarkdown(systemText(engine.info))],
    ['Swarm', engine && swarmText(engine.info.swarm)],
    ['Key-value store', host.clusterStore && codeSpan(host.clusterStore)],
    ['Advertised there', engine?.info.clusterAdvertise && codeSpan(engine.info.clusterAdvertise)],
    ...classicRows(host),
  ])
  const warnings = engine?.info.warnings.map((warning) => `- ${escapeMarkdown(warning)}`) ?? []
  const advice =
    host.state === 'unknown'
      ? ['A manager lists this node, but no way in to its engine is known. Use *Connect to This Host…*.']
      : []
  return [
    `**${escapeMarkdown(host.name)}** ${stateInWords(host)}`,
    rows,
    ...advice,
    ...(warnings.length === 0 ? [] : ['Warnings of the engine:', warnings.join('\n')]),
  ].join('\n\n')
}

/** The discovery URL is left out: it may hold a token. */
function machineText({ target }: Host): string | undefined {
  if (target?.machine === undefined) return undefined
  const { name, driver, swarm } = target.machine
  const part = swarm && `${swarm.isManager ? 'manager' : 'agent'} of a classic Swarm`
  return escapeMarkdown([name, `driver ${driver}`, part].filter((text) => text !== undefined).join(', '))
}

function engineText({ engine, engineVersion }: Host): string | undefined {
  if (engine !== undefined) return escapeMarkdown(`${engine.info.version}, API ${engine.info.apiVersion}`)
  return engineVersion && escapeMarkdown(engineVersion)
}

/** What is known of it: a classic Swarm's manager says less than an engine. */
function systemText({ operatingSystem, architecture, kernelVersion }: EngineInfo): string {
  return [operatingSystem, architecture, kernelVersion && `Linux ${kernelVersion}`]
    .filter((part) => part !== '')
    .join(', ')
}

function swarmText({ state, error }: { readonly state: string; readonly error?: string }): string | undefined {
  if (state === 'unknown') return undefined
  return escapeMarkdown(error === undefined || error === '' ? state : `${state}: ${error}`)
}

function nextTry(at: number | undefined, now: number): string {
  return at === undefined ? 'when you refresh' : formatMoment(at, now)
}
