import { isMap, isSeq, type Node } from 'yaml'
import { singleLine } from '../text/single-line'
import { lengthOf, rangeOf, textOf, type Entry, type Reader } from './reader'
import { isPlain } from './plain'
import type { Selector, TextRange } from './types'

/** What Docker takes as the name of a container, a service or an alias (moby, daemon/names/names.go), and the dot of tasks. */
const nameSyntax = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/

/** More than that a person would not read; an alias of a long list, used by many lines, would take all memory. */
const maxSelectors = 100

/** Reads `from` or `to`: one selector, or a list of them. */
export function parseSelectors(reader: Reader, { value, range }: Entry, key: string): readonly Selector[] {
  const items = value === undefined ? [] : reader.items(value, maxSelectors)
  if (items.length === 0) {
    reader.report('wrong-type', range, `\`${key}\` names nobody: write a name, a mapping, a list of them, or "*".`)
    return []
  }
  const all = value === undefined ? 0 : lengthOf(value)
  if (all > maxSelectors) {
    const message = `\`${key}\` names ${all}; at most ${maxSelectors} are read. A label means any number.`
    reader.report('too-large', range, message)
  }
  return items.flatMap((item) => parseSelector(reader, item, { key, range }) ?? [])
}

function parseSelector(
  reader: Reader,
  node: Node,
  { key, range }: { readonly key: string; readonly range: TextRange },
): Selector | undefined {
  if (isMap(node)) return fromMapping(reader, node)
  const text = textOf(node)
  if (text !== undefined && text !== '') return fromText(reader, text.trim(), rangeOf(node))
  const what = isSeq(node) ? 'a list inside a list' : 'no name'
  reader.report(
    'wrong-type',
    node.range ? rangeOf(node) : range,
    `\`${key}\` has ${what} here: a name or a mapping is needed.`,
  )
  return undefined
}

/** `web`, `HOST/web`, `service:api`, `container:web`, `label:tier=db` or `*`. */
function fromText(reader: Reader, text: string, range: TextRange): Selector | undefined {
  const [, host, rest = ''] = /^(?:([^/:=]+)\/)?(.*)$/s.exec(text) ?? []
  if (host !== undefined && !isPlain(host)) {
    unreadable(reader, range, 'host’s name or address')
    return undefined
  }
  const place = { ...(host !== undefined && { host }), range }
  if (rest === '*') return { kind: 'any', ...place }
  const [, kind, value = ''] = /^(service|container|label):(.*)$/s.exec(rest) ?? []
  if (kind === 'label') return labelSelector(reader, value, place)
  if (kind === 'service' || kind === 'container') return named(reader, { kind, name: value, place })
  return named(reader, { kind: 'name', name: rest, place })
}

type Place = Pick<Selector, 'host' | 'range'>

function fromMapping(reader: Reader, node: Node): Selector | undefined {
  const entries = reader.entries(node, 'selector', 'A selector')
  if (entries === undefined) return undefined
  const range = rangeOf(node)
  const host = entries.get('host')
  const hostName = host && textOf(host.value)
  if (host && hostName === undefined) {
    reader.report('wrong-type', host.range, '`host` has to be a host’s name or address.')
    return undefined
  }
  if (host && hostName !== undefined && !isPlain(hostName.trim())) {
    unreadable(reader, host.range, 'host’s name or address')
    return undefined
  }
  const place = { ...(hostName !== undefined && { host: hostName.trim() }), range }
  const ways = (['container', 'service', 'label'] as const).filter((way) => entries.has(way))
  const [way, second] = ways
  if (second !== undefined) {
    reader.report(
      'contradiction',
      entries.get(second)?.keyRange ?? range,
      `A selector has one of \`container\`, \`service\` and \`label\`, not several. Write a list for “one or the other”.`,
    )
    return undefined
  }
  if (way === undefined) {
    // A host alone: all that is on it.
    if (host) return { kind: 'any', ...place }
    reader.report('missing-key', range, 'A selector needs `container`, `service`, `label` or `host`.')
    return undefined
  }
  const entry = entries.get(way)
  const text = textOf(entry?.value)?.trim()
  if (text === undefined) {
    reader.report(
      'wrong-type',
      entry?.range ?? range,
      `\`${way}\` has to be a ${way === 'label' ? 'label, as KEY=VALUE' : 'name'}.`,
    )
    return undefined
  }
  if (way === 'label') return labelSelector(reader, text, place)
  return named(reader, { kind: way, name: text, place: { ...place, range: entry?.range ?? range } })
}

function labelSelector(reader: Reader, text: string, place: Place): Selector | undefined {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? []
  if (!isPlain(text)) {
    unreadable(reader, place.range, 'label')
    return undefined
  }
  if (key === '' || /\s/.test(key)) {
    reader.report(
      'wrong-type',
      place.range,
      `“${singleLine(text, 60)}” is not a label: write KEY=VALUE, or KEY for any value.`,
    )
    return undefined
  }
  return { kind: 'label', key, ...(value !== undefined && { value }), ...place }
}

function unreadable(reader: Reader, range: TextRange, what: string): void {
  reader.report('wrong-type', range, `This is no ${what}: it is too long, or has characters that cannot be seen.`)
}

function named(
  reader: Reader,
  {
    kind,
    name,
    place,
  }: { readonly kind: 'name' | 'container' | 'service'; readonly name: string; readonly place: Place },
): Selector | undefined {
  if (nameSyntax.test(name)) return { kind, name, ...place }
  reader.report(
    'wrong-type',
    place.range,
    `“${singleLine(name, 60)}” is not the name of a container or a service. For a label write label:KEY=VALUE, for all "*".`,
  )
  return undefined
}
