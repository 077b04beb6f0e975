import { isMap, isScalar, isSeq, parseDocument, type Document, type Node, type YAMLError } from 'yaml'
import { singleLine } from '../text/single-line'
import { findContradictions } from './contradictions'
import { parseAsks } from './parse-asks'
import { parseSelectors } from './parse-selector'
import { isPlain } from './plain'
import { Reader, rangeOf, textOf, type Entry } from './reader'
import { lineNumberAt } from './text-position'
import type { Contract, ContractLine, ContractProblem, Obligation, TextRange } from './types'
import { lineTitle } from './wording'

/** Far more than a person writes or reads. */
export const maxContractSize = 256 * 1024
const maxLines = 500
const maxReason = 1000
/** Of errors and of warnings: a text that is no contract at all would have one for each word. */
const maxProblems = 100

export interface ParsedContract {
  /** What could be read: with errors it is not the whole. */
  readonly contract: Contract
  /** In the order of the text. */
  readonly problems: readonly ContractProblem[]
}

/**
 * Reads a contract. It never throws: what is wrong is told, each problem with its place, and what is right beside it is
 * still given, for the editor. Contents are data: no tag, no anchor and no text in it makes anything run.
 */
export function parseContract(text: string): ParsedContract {
  if (text.length > maxContractSize) return oversized(text.length)
  // Keys that are there twice are found by the reader: the library compares each with each.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: false })
  const reader = new Reader(document)
  reader.problems.push(...[...document.errors, ...document.warnings].map((error) => syntaxProblem(error, text)))
  const lines = document.errors.length > 0 && document.contents === null ? [] : readLines(reader, document, text)
  const problems = [...reader.problems, ...findContradictions(lines)].sort((a, b) => a.range.start - b.range.start)
  return { contract: { lines }, problems: bounded(problems) }
}

function bounded(problems: readonly ContractProblem[]): readonly ContractProblem[] {
  const counts = { error: 0, warning: 0 }
  const shown = problems.filter(({ severity }) => ++counts[severity] <= maxProblems)
  const last = shown.at(-1)
  if (last === undefined || shown.length === problems.length) return shown
  const message = `${problems.length - shown.length} more problems are not shown.`
  return [...shown, { code: 'too-large', severity: 'error', message, range: last.range }]
}

/** What is said of a contract that is too large to be read. */
export function oversized(size: number): ParsedContract {
  const message = `A contract has at most ${maxContractSize / 1024} KiB; this one has ${Math.ceil(size / 1024)}.`
  return {
    contract: { lines: [] },
    problems: [{ code: 'too-large', severity: 'error', message, range: { start: 0, end: 1 } }],
  }
}

function syntaxProblem({ code, message, pos: [start, end] }: YAMLError, text: string): ContractProblem {
  const problem = { code: 'syntax', severity: 'error', range: { start, end: Math.max(end, start + 1) } } as const
  // Unquoted, YAML takes the star for an alias, and its own message helps nobody.
  if (text.charAt(start) === '*' && code === 'BAD_ALIAS')
    return { ...problem, message: 'Write the star in quotes: "*".', replacement: '"*"' }
  return { ...problem, message: `This is not YAML: ${message.replace(/\s+/g, ' ').replace(/[.\s]+$/, '')}.` }
}

function readLines(reader: Reader, document: Document, text: string): readonly ContractLine[] {
  const root = document.contents
  if (root === null || (isScalar(root) && root.value === null)) {
    const everywhere = { start: 0, end: Math.max(1, text.length) }
    reader.report('missing-key', everywhere, 'The contract is empty: write who must reach whom under `must`.')
    return []
  }
  const entries = reader.entries(root, 'contract', 'A contract')
  if (entries === undefined) return []
  const network = entries.get('network')
  const context: LineContext = { reader, text, ...networkOf(reader, network) }
  const lines = (['must', 'mustNot'] as const).flatMap((obligation) =>
    readList(context, entries.get(obligation), obligation),
  )
  if (!entries.has('must') && !entries.has('mustNot') && isMap(root))
    reader.report('missing-key', rangeOf(root), 'A contract needs lines under `must` or `mustNot`.')
  return lines
}

interface LineContext {
  readonly reader: Reader
  readonly text: string
  readonly network?: NonNullable<ContractLine['network']>
}

function readList(context: LineContext, list: Entry | undefined, obligation: Obligation): readonly ContractLine[] {
  if (list === undefined) return []
  const { reader } = context
  if (!isSeq(list.value)) {
    reader.report('wrong-type', list.range, `\`${obligation}\` is a list: begin each line with a dash, “- from: …”.`)
    return []
  }
  if (list.value.items.length > maxLines)
    reader.report(
      'too-large',
      list.keyRange,
      `At most ${maxLines} lines are read; this list has ${list.value.items.length}.`,
    )
  return reader.items(list.value, maxLines).flatMap((item) => readLine(context, item, obligation) ?? [])
}

function readLine(context: LineContext, node: Node, obligation: Obligation): ContractLine | undefined {
  const { reader, text } = context
  const entries = reader.entries(node, 'line', 'A line')
  if (entries === undefined) return undefined
  const range = withoutBlanks(rangeOf(node), text)
  const [from, to] = (['from', 'to'] as const).map((key) => {
    const entry = entries.get(key)
    if (entry) return parseSelectors(reader, entry, key)
    reader.report(
      'missing-key',
      firstKey(entries, range),
      `This line needs \`${key}\`: ${key === 'from' ? 'who asks' : 'who is asked'}.`,
    )
    return []
  })
  const asks = parseAsks(reader, entries, obligation)
  const own = networkOf(reader, entries.get('network'))
  const because = reasonOf(entries.get('because'))
  if (!from?.length || !to?.length || asks.length === 0) return undefined
  const said = { obligation, from, to, asks, ...own, ...(because !== undefined && { because }) }
  const title = lineTitle(said)
  return {
    ...(context.network && { network: context.network }),
    ...said,
    title,
    range,
    lineNumber: lineNumberAt(text, range.start),
  }
}

/** A block's range goes up to the beginning of what follows. */
function withoutBlanks({ start, end }: TextRange, text: string): TextRange {
  return { start, end: start + text.slice(start, end).trimEnd().length }
}

function networkOf(reader: Reader, entry: Entry | undefined): Pick<ContractLine, 'network'> {
  if (entry === undefined) return {}
  const name = textOf(entry.value)?.trim()
  if (name !== undefined && name !== '' && isPlain(name)) return { network: { name, range: entry.range } }
  reader.report('wrong-type', entry.range, '`network` is the name or the ID of a network.')
  return {}
}

/** A reason is for people, and may have lines. */
function reasonOf(entry: Entry | undefined): string | undefined {
  const text = textOf(entry?.value)
  return text === undefined ? undefined : singleLine(text, maxReason)
}

function firstKey(entries: ReadonlyMap<string, Entry>, range: ContractLine['range']): ContractLine['range'] {
  return [...entries.values()][0]?.keyRange ?? range
}
