import type { ClassicCluster, ClassicNode } from '../../core/model/classic'
import type { Host } from '../../core/model/host'
import { codeSpan, escapeMarkdown } from '../../core/text/markdown'

type TooltipRow = readonly [name: string, markdown: string | undefined]

/** What a classic Swarm's manager is, in few words; undefined for any other host. */
export function classicRole({ engine }: Host): string | undefined {
  const classic = engine?.info.classic
  return classic && `classic Swarm, ${classic.role}`
}

/** Rows of a host's tooltip: what a manager says of its node, or of itself. */
export function classicRows({ engine, classic }: Host): readonly TooltipRow[] {
  const cluster = engine?.info.classic
  if (cluster !== undefined) return managerRows(cluster)
  return classic === undefined ? [] : nodeRows(classic.node)
}

function managerRows({ version, role, primary, strategy, filters, nodes }: ClassicCluster): readonly TooltipRow[] {
  const healthy = nodes.filter(({ status }) => status === 'healthy').length
  return [
    [
      'Classic Swarm',
      escapeMarkdown(`${role} manager ${version}`) +
        (primary === undefined ? '' : `, its primary is ${codeSpan(primary)}`),
    ],
    ['Chooses nodes by', strategy === '' ? undefined : escapeMarkdown(strategy)],
    ['Rules nodes out by', filters.length === 0 ? undefined : escapeMarkdown(filters.join(', '))],
    ['Nodes', `${nodes.length}, ${healthy} of them healthy`],
  ]
}

function nodeRows(node: ClassicNode): readonly TooltipRow[] {
  const { status, address, containers, reservedCpus, reservedMemory } = node
  const labels = Object.entries(node.labels).map(([key, value]) => codeSpan(`${key}=${value}`))
  return [
    ['Classic Swarm', `${status} node at ${codeSpan(address)}`],
    ['Containers there', String(containers)],
    ['Reserved CPUs', escapeMarkdown(reservedCpus)],
    ['Reserved memory', escapeMarkdown(reservedMemory)],
    ['Labels', labels.join(', ')],
  ]
}
