import { isAlias, isMap, isScalar, isSeq, Scalar, visit, type Alias, type Document, type Node } from 'yaml'
import { closest } from '../text/closest'
import { singleLine } from '../text/single-line'
import type { ContractProblem, ProblemCode, TextRange } from './types'
import { keysOf, type Mapping } from './vocabulary'

/** One entry of a mapping. */
export interface Entry {
  readonly keyRange: TextRange
  readonly value: Node | undefined
  /** Where to point at: the value, or the key where there is none. */
  readonly range: TextRange
}

/** Reads a document's nodes, and gathers what is wrong with them, each problem with its place. */
export class Reader {
  readonly problems: ContractProblem[] = []
  readonly #document: Document
  #named: ReadonlyMap<Alias, Node> | undefined

  constructor(document: Document) {
    this.#document = document
  }

  report(code: ProblemCode, range: TextRange, message: string): void {
    this.problems.push({ code, severity: 'error', message, range })
  }

  /** What stands there: an alias stands for what it names. */
  resolve(node: unknown): Node | undefined {
    if (isAlias(node)) return this.#aliases.get(node) ?? this.#standIn(node)
    return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined
  }

  /** The entries of a mapping by key. A key that nobody knows is told with the one that was meant, where that can be guessed. */
  entries(node: Node, mapping: Mapping, what: string): ReadonlyMap<string, Entry> | undefined {
    if (!isMap(node)) {
      const known = keysOf(mapping).map((key) => `\`${key}\``)
      this.report('wrong-type', rangeOf(node), `${what} has to be a mapping with the keys ${known.join(', ')}.`)
      return
    }
    const found = new Map<string, Entry>()
    for (const { key, value } of node.items) {
      const keyRange = isScalar(key) ? rangeOf(key) : rangeOf(node)
      const name = isScalar(key) ? String(key.value) : ''
      if (!keysOf(mapping).includes(name)) this.#unknownKey(name, keyRange, mapping)
      else if (found.has(name))
        this.report('duplicate', keyRange, 'This key is there already: a mapping has each key once.')
      else {
        const resolved = this.resolve(value)
        // An empty value stands nowhere: its key does.
        const isEmpty = resolved === undefined || (isScalar(resolved) && resolved.value === null)
        found.set(
          name,
          isEmpty
            ? { keyRange, value: undefined, range: keyRange }
            : { keyRange, value: resolved, range: rangeOf(resolved) },
        )
      }
    }
    return found
  }

  /** The first of what a list holds, or the one thing that stands in the place of a list; one long list may stand in many places. */
  items(node: Node, limit: number): readonly Node[] {
    return isSeq(node) ? node.items.slice(0, limit).flatMap((item) => this.resolve(item) ?? []) : [node]
  }

  /** What each alias names, found in one walk: the library walks the whole document for each of them. */
  get #aliases(): ReadonlyMap<Alias, Node> {
    if (this.#named !== undefined) return this.#named
    const found = new Map<Alias, Node>()
    const last = new Map<string, Node>()
    visit(this.#document, {
      Node: (_key, node) => {
        const named = isAlias(node) ? last.get(node.source) : undefined
        if (isAlias(node) && named !== undefined) found.set(node, named)
        else if (!isAlias(node) && node.anchor !== undefined) last.set(node.anchor, node)
      },
    })
    return (this.#named = found)
  }

  /** For an alias of nothing: what its author meant, so that one mistake is told once. */
  #standIn(node: Alias): Node {
    // The library notices this one only when a document becomes values, which it never does here.
    if (node.source !== '')
      this.report(
        'syntax',
        rangeOf(node),
        `This is not YAML: nothing before it is marked \`&${singleLine(node.source, 60)}\`.`,
      )
    const meant = new Scalar(node.source === '' ? '*' : node.source)
    if (node.range) meant.range = node.range
    return meant
  }

  #unknownKey(name: string, range: TextRange, mapping: Mapping): void {
    const known = keysOf(mapping)
    const meant = closest(name, known)
    const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean \`${meant}\`?`
    const message = `There is no key \`${singleLine(name, 60)}\` here. ${hint}`
    const replacement = meant === undefined ? {} : { replacement: meant }
    this.problems.push({ code: 'unknown-key', severity: 'error', message, range, ...replacement })
  }
}

/** How many a list holds; one for what stands in the place of a list. */
export function lengthOf(node: Node): number {
  return isSeq(node) ? node.items.length : 1
}

/** Where a node stands, without the comment and the blank lines behind it. */
export function rangeOf(node: Node): TextRange {
  const [start = 0, end = start] = node.range ?? []
  return { start, end }
}

/** A scalar as it was written, so that `web` and `080` are what their author sees; undefined for all else and for nothing. */
export function textOf(node: Node | undefined): string | undefined {
  if (!isScalar(node) || node.value === null || typeof node.value === 'boolean') return undefined
  return typeof node.value === 'string' ? node.value : node.source
}
