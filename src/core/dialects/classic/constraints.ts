import type { ClassicCluster } from '../../model/classic'

/** What swarm/scheduler/filter/expr.go takes as key and value; anything else is refused by the manager. */
const keySyntax = /^[a-z_][a-z0-9\-_.]+$/i
const valueSyntax = /^[a-z0-9:\-_\s./()]+$/i

/** Keys that the manager itself gives each node, besides those that the engine was started with. */
const ownKeys = new Set(['executiondriver', 'kernelversion', 'operatingsystem', 'ostype', 'storagedriver'])

/** The constraint that only this node fulfils. */
export function nodeConstraint(name: string): string {
  return `node==${name}`
}

/** Constraints as entries of a new container's environment, where the manager looks for them and takes them out. */
export function constraintEnvironment(constraints: readonly string[]): readonly string[] {
  return constraints.map((constraint) => `constraint:${constraint}`)
}

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
      if (!keySyntax.test(key) || !valueSyntax.test(value)) continue
      const label = `${key}=${value}`
      const holder = holders.get(label) ?? { key, value, nodes: [] }
      holders.set(label, holder)
      holder.nodes.push(name)
    }
  return [...holders]
    .filter(([, holder]) => holder.nodes.length < healthy.length)
    .toSorted(
      ([a, { key: keyA }], [b, { key: keyB }]) =>
        Number(ownKeys.has(keyA)) - Number(ownKeys.has(keyB)) || a.localeCompare(b, 'en', { numeric: true }),
    )
    .map(([label, { key, value, nodes: names }]) => ({ constraint: `${key}==${value}`, label, nodes: names }))
}

/** What is wrong with a constraint that somebody typed; undefined where the manager will understand it. */
export function checkConstraint(text: string): string | undefined {
  const [, key = '', value = ''] = /^([^=!]+)(?:==|!=)(.+)$/.exec(text) ?? []
  if (keySyntax.test(key) && value !== '') return undefined
  return `"${text}" is no constraint: write KEY==VALUE or KEY!=VALUE, for instance node==tolkewitz or site!=north.`
}
