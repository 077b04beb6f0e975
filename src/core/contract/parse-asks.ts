import { isScalar, type Node } from 'yaml'
import { singleLine } from '../text/single-line'
import { lengthOf, rangeOf, textOf, type Entry, type Reader } from './reader'
import type { Ask, Obligation, StatusRange, TextRange } from './types'

/** Whoever asks for more of one pair means a scan: the probe asks for sixteen at most. */
const maxPorts = 16
const anyGoodStatus: StatusRange = { from: 200, to: 399 }

/** What a line asks of each pair; `any` where it names nothing. */
export function parseAsks(reader: Reader, entries: ReadonlyMap<string, Entry>, obligation: Obligation): readonly Ask[] {
  const before = reader.problems.length
  const asks = [
    ...flag(reader, entries.get('ping'), 'ping'),
    ...flag(reader, entries.get('mtu'), 'mtu'),
    ...names(reader, entries.get('name')),
    ...each(reader, entries.get('tcp'), (node, range) => tcp(reader, node, range)),
    ...each(reader, entries.get('http'), (node, range) => http(reader, node, range)),
  ]
  const mtu = entries.get('mtu')
  if (mtu && obligation === 'mustNot')
    reader.report(
      'contradiction',
      mtu.keyRange,
      '`mtu` asks whether large packets get through: that belongs under `must`.',
    )
  // A line whose only ask is broken must not become one that asks for less.
  return asks.length === 0 && reader.problems.length === before ? [{ kind: 'any' }] : asks
}

function flag(reader: Reader, entry: Entry | undefined, kind: 'ping' | 'mtu'): readonly Ask[] {
  if (entry === undefined) return []
  const value = isScalar(entry.value) ? entry.value.value : undefined
  if (typeof value !== 'boolean') reader.report('wrong-type', entry.range, `\`${kind}\` is \`true\`, or left out.`)
  return value === true ? [{ kind }] : []
}

function names(reader: Reader, entry: Entry | undefined): readonly Ask[] {
  if (entry === undefined) return []
  const value = isScalar(entry.value) ? entry.value.value : undefined
  if (value === true) return [{ kind: 'name' }]
  if (value === false) return []
  return each(reader, entry, (node, range) => {
    const name = textOf(node)?.trim() ?? ''
    if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/.test(name)) return { kind: 'name', name }
    reader.report('wrong-type', range, '`name` is `true` for the target’s own name, or a name to ask for.')
    return undefined
  })
}

function each(
  reader: Reader,
  entry: Entry | undefined,
  read: (node: Node, range: TextRange) => Ask | undefined,
): readonly Ask[] {
  if (entry === undefined) return []
  const items = entry.value === undefined ? [] : reader.items(entry.value, maxPorts)
  if (items.length === 0)
    reader.report('wrong-type', entry.range, 'Something is missing here: a list may not be empty.')
  const all = entry.value === undefined ? 0 : lengthOf(entry.value)
  if (all > maxPorts)
    reader.report('too-large', entry.range, `At most ${maxPorts} are asked for in one line; these are ${all}.`)
  return items.flatMap(
    (item) => read(item, item.range && textOf(item) !== undefined ? rangeOf(item) : entry.range) ?? [],
  )
}

function tcp(reader: Reader, node: Node, range: TextRange): Ask | undefined {
  const port = portOf(reader, node, range)
  return port === undefined ? undefined : { kind: 'tcp', port }
}

function http(reader: Reader, node: Node, range: TextRange): Ask | undefined {
  if (isScalar(node)) {
    const port = portOf(reader, node, range)
    return port === undefined ? undefined : { kind: 'http', port, path: '/', status: anyGoodStatus }
  }
  const entries = reader.entries(node, 'http', '`http`')
  if (entries === undefined) return undefined
  const given = { port: entries.get('port'), path: entries.get('path'), status: entries.get('status') }
  const port = given.port === undefined ? 80 : portOf(reader, given.port.value, given.port.range)
  const path = given.path === undefined ? '/' : pathOf(reader, given.path)
  const status = given.status === undefined ? anyGoodStatus : statusOf(reader, given.status)
  if (port === undefined || path === undefined || status === undefined) return undefined
  return { kind: 'http', port, path, status }
}

function portOf(reader: Reader, node: Node | undefined, range: TextRange): number | undefined {
  const text = textOf(node)?.trim() ?? ''
  if (!/^\d{1,9}$/.test(text)) {
    reader.report(
      'wrong-type',
      range,
      `A port is a number from 1 to 65535${text === '' ? '' : `, not “${singleLine(text, 40)}”`}.`,
    )
    return undefined
  }
  const port = Number(text)
  if (port >= 1 && port <= 65_535) return port
  reader.report('out-of-range', range, `There is no port ${port}: ports go from 1 to 65535.`)
  return undefined
}

/** Printable ASCII without blanks, quotes or backslashes: it becomes part of a request line (RFC 9112, 3). */
function pathOf(reader: Reader, { value, range }: Entry): string | undefined {
  const path = textOf(value) ?? ''
  if (/^\/[!#-&(-[\]-~]{0,1000}$/.test(path)) return path
  reader.report(
    'wrong-type',
    range,
    'A path begins with a slash and has no blanks, for instance `/health`; encode others as %20.',
  )
  return undefined
}

function statusOf(reader: Reader, { value, range }: Entry): StatusRange | undefined {
  const text = textOf(value)?.trim() ?? ''
  const [, hundreds] = /^([1-5])xx$/i.exec(text) ?? []
  if (hundreds !== undefined) return { from: Number(hundreds) * 100, to: Number(hundreds) * 100 + 99 }
  const [, from, to = from] = /^(\d{3})(?:\s*-\s*(\d{3}))?$/.exec(text) ?? []
  if (from === undefined || to === undefined) {
    reader.report('wrong-type', range, 'A status is a number as 200, a hundred as `2xx`, or a range as `200-299`.')
    return undefined
  }
  const status = { from: Number(from), to: Number(to) }
  if (status.from >= 100 && status.to <= 599 && status.from <= status.to) return status
  reader.report('out-of-range', range, 'HTTP’s status codes go from 100 to 599, the smaller one first.')
  return undefined
}
