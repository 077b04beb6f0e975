import type { ClassicCluster, ClassicNode } from '../../model/classic'
import type { Container } from '../../model/container'
import { enumerate } from '../../text/count'
import { isExact, isMet, parseExpression, type Expression } from './expression'

/** What a new container asks of the node that it gets; anywhere where it asks for nothing. */
export interface Placement {
  /** About the node: `node==tolkewitz`, `site!=north`. */
  readonly constraints: readonly string[]
  /** About what is there already: `container==web`, `image==nginx`, or a label of a container. */
  readonly affinities: readonly string[]
}

export const anywhere: Placement = { constraints: [], affinities: [] }

/** The constraint that only this node fulfils. */
export function nodeConstraint(name: string): string {
  return `node==${name}`
}

/** In a sentence: `on tolkewitz`, `where site==north and container!=web`, `anywhere`. */
export function describePlacement({ constraints, affinities }: Placement): string {
  const [first, ...more] = [...constraints, ...affinities]
  if (first === undefined) return 'anywhere'
  const node = /^node==([\w.-]+)$/.exec(first)?.[1]
  return node !== undefined && more.length === 0 ? `on ${node}` : `where ${enumerate([first, ...more])}`
}

/** Entries of a new container's environment, where the manager looks for them and takes them out. */
export function placementEnvironment({ constraints, affinities }: Placement): readonly string[] {
  return [
    ...constraints.map((constraint) => `constraint:${constraint}`),
    ...affinities.map((affinity) => `affinity:${affinity}`),
  ]
}

/** A classic Swarm as far as placement depends on it. */
export interface Scene {
  readonly cluster: ClassicCluster
  readonly containers: readonly Container[]
}

/**
 * What is wrong with a placement, as far as it can be known before it is sent, with what there is instead; undefined
 * where a healthy node fulfils it. What depends on images or free ports only the manager knows.
 */
export function checkPlacement({ constraints, affinities }: Placement, scene: Scene): string | undefined {
  const nodes = scene.cluster.nodes.filter(({ status }) => status === 'healthy')
  if (nodes.length === 0) return 'The manager has no healthy node now.'
  const unused = unusedFilter({ constraints, affinities }, scene.cluster)
  if (unused !== undefined)
    return `The manager does not choose by ${unused}: it was started with the filters ${enumerate(scene.cluster.filters, 10)} alone.`
  for (const text of constraints) {
    const problem = checkOne(text, 'constraint', (expression) => checkConstraint(expression, scene.cluster))
    if (problem !== undefined) return problem
  }
  for (const text of affinities) {
    const problem = checkOne(text, 'affinity', (expression) => checkAffinity(expression, scene.containers))
    if (problem !== undefined) return problem
  }
  if (nodesFor({ constraints, affinities }, scene).length > 0) return undefined
  const all = [...constraints, ...affinities]
  return `No healthy node fulfils ${enumerate(all)}${all.length > 1 ? ' together' : ''}: there are ${nodes.map(describeNode).join('; ')}.`
}

/** Names of the healthy nodes that come into question; images and free ports aside. */
export function nodesFor({ constraints, affinities }: Placement, { cluster, containers }: Scene): readonly string[] {
  const about = (texts: readonly string[]) => texts.flatMap((text) => parseExpression(text) ?? []).filter(isDemand)
  const nodes = cluster.nodes.filter(({ status }) => status === 'healthy')
  return nodes
    .filter((node) => about(constraints).every((expression) => isMet(expression, valuesOfNode(node, expression))))
    .map(({ name }) => name)
    .filter((name) => {
      const there = containers.filter(({ node }) => node === name)
      return about(affinities).every(
        (expression) => expression.key === 'image' || isMet(expression, valuesOfContainers(there, expression)),
      )
    })
}

/** A manager ignores what none of its filters is about. */
function unusedFilter({ constraints, affinities }: Placement, { filters }: ClassicCluster): string | undefined {
  const needed = [...(constraints.length > 0 ? ['constraint'] : []), ...(affinities.length > 0 ? ['affinity'] : [])]
  return filters.length === 0 ? undefined : needed.find((filter) => !filters.includes(filter))
}

const isDemand = ({ isWish }: Expression): boolean => !isWish

type Kind = 'constraint' | 'affinity'

const examples: Readonly<Record<Kind, string>> = {
  constraint: 'node==tolkewitz or site!=north',
  affinity: 'container==web or image==nginx',
}

function checkOne(text: string, kind: Kind, check: (expression: Expression) => string | undefined): string | undefined {
  const expression = parseExpression(text)
  if (expression !== undefined) return check(expression)
  return `"${text}" is no ${kind}: write KEY==VALUE or KEY!=VALUE, for instance ${examples[kind]}.`
}

function checkConstraint(expression: Expression, { nodes }: ClassicCluster): string | undefined {
  const { key, pattern, isWish } = expression
  if (isWish) return undefined
  if (key === 'node') {
    if (!isExact(expression) || nodes.some(({ name }) => isMet(expression, [name]))) return undefined
    return `No node is called ${pattern}: there are ${enumerate(nodes.map(({ name }) => name))}.`
  }
  const holders = nodes.filter((node) => valuesOfNode(node, expression).length > 0)
  if (holders.length === 0) return `No node has a label ${key}: there are ${enumerate(labelKeys(nodes))}.`
  if (!isExact(expression) || holders.some((node) => isMet(expression, valuesOfNode(node, expression))))
    return undefined
  const values = [...new Set(holders.flatMap((node) => valuesOfNode(node, expression)))].sort()
  return `No node has ${key}=${pattern}: there are ${enumerate(values.map((value) => `${key}=${value}`))}.`
}

function checkAffinity(expression: Expression, containers: readonly Container[]): string | undefined {
  const { key, pattern } = expression
  if (!isExact(expression) || key === 'image' || isMet(expression, valuesOfContainers(containers, expression)))
    return undefined
  if (key !== 'container') return `No container has a label ${key}=${pattern}.`
  const names = containers.map(({ name }) => name).sort()
  return `No container is called ${pattern}: there ${names.length === 0 ? 'is none' : `are ${enumerate(names)}`}.`
}

/** The manager compares labels' names without case, as it does values. */
function valuesOfNode({ name, labels }: ClassicNode, { key }: Expression): readonly string[] {
  if (key === 'node') return [name]
  return Object.entries(labels)
    .filter(([label]) => label.toLowerCase() === key.toLowerCase())
    .map(([, value]) => value)
}

function valuesOfContainers(containers: readonly Container[], { key }: Expression): readonly string[] {
  if (key === 'container') return containers.flatMap(({ id, name }) => [id, name])
  return containers.flatMap(({ labels }) => labels[key] ?? [])
}

const labelKeys = (nodes: readonly ClassicNode[]): readonly string[] => [
  ...new Set(['node', ...nodes.flatMap(({ labels }) => Object.keys(labels).sort())]),
]

const describeNode = ({ name, labels }: ClassicNode): string => [name, ...ownLabels(labels)].join(' ')

/** What people gave their engines; what the manager says of every node is left out. */
function ownLabels(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels)
    .filter(([key]) => !managersLabels.has(key))
    .map(([key, value]) => `${key}=${value}`)
}

/** Keys that the manager itself gives each node, besides those that the engine was started with. */
export const managersLabels: ReadonlySet<string> = new Set([
  'executiondriver',
  'kernelversion',
  'operatingsystem',
  'ostype',
  'storagedriver',
])
