import { ExpressionError, matches, parseExpressions, type Expression } from './expressions'

/** What the scheduler knows of a node. */
export interface Candidate {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Names and IDs. */
  readonly containers: readonly string[]
  readonly images: readonly string[]
}

/** What a container asks of its node, each as somebody wrote it. */
export interface Placement {
  readonly constraints: readonly string[]
  readonly affinities: readonly string[]
  /** A container that has to be there, because its network or volumes are shared. */
  readonly dependencies: readonly string[]
}

/** Nobody fits; the words are the manager's. */
export class NoNode extends Error {}

/** @param isNew whether the manager lists all its filters when it refuses, as 1.2 does */
export function schedule<T extends Candidate>(nodes: readonly T[], placement: Placement, isNew: boolean): T {
  if (nodes.length === 0) throw new NoNode('No healthy node available in the cluster')
  const { constraints, affinities, dependencies } = placement
  const filters = [
    {
      name: 'dependency',
      said: dependencies,
      keep: () => nodes.filter(({ containers }) => dependencies.every((each) => containers.includes(each))),
    },
    { name: 'affinity', said: affinities, keep: (left: readonly T[]) => keepBy(left, affinities, valuesForAffinity) },
    {
      name: 'constraint',
      said: constraints,
      keep: (left: readonly T[]) => keepBy(left, constraints, valuesForConstraint),
    },
  ]
  let left = nodes
  const tried = ['[available container slots]']
  for (const { name, said, keep } of filters) {
    try {
      if (said.length > 0) tried.push(`[${said.join(' ')}]`)
      left = keep(left)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      throw new NoNode(isNew ? listed([tried[0]!, `error from ${name} filter: ${error.message}`]) : error.message)
    }
    if (left.length === 0)
      throw new NoNode(isNew ? listed(tried) : `unable to find a node that satisfies ${said.join(' ')}`)
  }
  return spread(left)
}

const listed = (conditions: readonly string[]): string =>
  `Unable to find a node that satisfies the following conditions \n${conditions.join('\n')}`

/** The node with the fewest containers, as the strategy `spread` does where nobody has reserved anything. */
function spread<T extends Candidate>(nodes: readonly T[]): T {
  const fewest = Math.min(...nodes.map(({ containers }) => containers.length))
  return nodes.find(({ containers }) => containers.length === fewest)!
}

function keepBy<T extends Candidate>(
  nodes: readonly T[],
  entries: readonly string[],
  valuesOf: (node: T, expression: Expression) => readonly string[],
): readonly T[] {
  return parseExpressions(entries).reduce<readonly T[]>((left, expression) => {
    const kept = left.filter((node) => matches(expression, valuesOf(node, expression)))
    return kept.length === 0 && expression.isSoft ? left : kept
  }, nodes)
}

function valuesForConstraint({ name, labels }: Candidate, { key }: Expression): readonly string[] {
  if (key === 'node') return [name]
  const value = Object.entries(labels).find(([label]) => label.toLowerCase() === key.toLowerCase())?.[1]
  return value === undefined ? [] : [value]
}

function valuesForAffinity({ containers, images }: Candidate, { key }: Expression): readonly string[] {
  return key === 'container' ? containers : key === 'image' ? images : []
}
