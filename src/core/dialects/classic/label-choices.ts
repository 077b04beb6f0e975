import type { ClassicCluster } from '../../model/classic'
import { parseExpression } from './expression'
import { managersLabels } from './placement'

/** A label that some nodes of a cluster have and others have not. */
export interface LabelChoice {
  /** For instance `site==north`. */
  readonly constraint: string
  readonly label: string
  /** Names of the healthy nodes that have it. */
  readonly nodes: readonly string[]
}

/**
 * The labels by which a container can be placed: those that leave out at least one healthy node, since any other means
 * "anywhere". What people gave their engines comes before what the manager itself says of each node.
 */
export function labelChoices({ nodes }: ClassicCluster): readonly LabelChoice[] {
  const healthy = nodes.filter(({ status }) => status === 'healthy')
  const holders = new Map<string, { readonly key: string; readonly value: string; readonly nodes: string[] }>()
  for (const { name, labels } of healthy)
    for (const [key, value] of Object.entries(labels)) {
      // A value that the manager would refuse, or take for a pattern, cannot be asked for.
      if (parseExpression(`${key}==${value}`) === undefined || /[*?]|^[~/]/.test(value)) continue
      const label = `${key}=${value}`
      const holder = holders.get(label) ?? { key, value, nodes: [] }
      holders.set(label, holder)
      holder.nodes.push(name)
    }
  return [...holders]
    .filter(([, holder]) => holder.nodes.length < healthy.length)
    .toSorted(
      ([a, { key: keyA }], [b, { key: keyB }]) =>
        Number(managersLabels.has(keyA)) - Number(managersLabels.has(keyB)) ||
        a.localeCompare(b, 'en', { numeric: true }),
    )
    .map(([label, { key, value, nodes: names }]) => ({ constraint: `${key}==${value}`, label, nodes: names }))
}
