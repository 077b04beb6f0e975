import { candidatesOn, testableNetworks } from '../../core/contract/members'
import { vocabulary, type Mapping } from '../../core/contract/vocabulary'
import type { Fleet } from '../../core/model/fleet'

/** What the editor offers to write. */
export interface ContractCompletion {
  readonly label: string
  /** In the editor's snippet syntax. */
  readonly insert: string
  readonly detail: string
  readonly kind: 'key' | 'value'
  /** How many characters before the place it stands for. */
  readonly replaces: number
}

/** Nobody types in a longer one. */
const maxRow = 2000

/** What could stand at a place: keys of the mapping that it is in, or names of the fleet as it is. */
export function contractCompletions(text: string, offset: number, fleet: Fleet): readonly ContractCompletion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const row = text.slice(start, offset)
  if (row.length > maxRow || /(^|\s)#/.test(row)) return []
  const value = /(?:^|[\s{,-])([A-Za-z]+):\s+(?:\[(?:[^\]]*,)?\s*)?["']?([^"'{}[\],\s]*)$/.exec(row)
  if (value) return values(value[1] ?? '', fleet, (value[2] ?? '').length)
  const key = /(?:^\s*(?:-\s+)?|[{,]\s*)([A-Za-z]*)$/.exec(row)
  if (!key) return []
  const typed = key[1] ?? ''
  const listOf = /^\s*-\s+[^{]*$/.test(row) ? parentKey(text, start, indentOf(row)) : undefined
  const names = listOf === 'from' || listOf === 'to' ? values(listOf, fleet, typed.length) : []
  return [...keys(mappingAt(text, start, row), typed.length), ...names]
}

function keys(mapping: Mapping, replaces: number): readonly ContractCompletion[] {
  return vocabulary[mapping].map(({ key, explanation, insert }) => ({
    ...{ label: key, insert: `${key}:${insert}`, detail: explanation, kind: 'key', replaces },
  }))
}

function values(key: string, fleet: Fleet, replaces: number): readonly ContractCompletion[] {
  const offer = (label: string, detail: string, insert = escapeSnippet(label)): ContractCompletion => ({
    ...{ label, insert, detail, kind: 'value', replaces },
  })
  const networks = testableNetworks(fleet)
  const candidates = candidatesOn(fleet, networks)
  const containers = () => distinct(candidates.map(({ container, host }) => [container.name, `container at ${host}`]))
  const services = (prefix: string) =>
    distinct(
      candidates.flatMap(({ container: { task } }) => (task ? [[`${prefix}${task.serviceName}`, 'service']] : [])),
    )
  const labels = (prefix: string) =>
    distinct(
      candidates.flatMap(({ container }) =>
        Object.entries(container.labels)
          .filter(([name]) => !name.startsWith('com.docker.'))
          .map(([name, own]) => [`${prefix}${name}=${own}`, 'label']),
      ),
    )
  switch (key) {
    case 'network':
      return distinct(networks.map(({ name, driver }) => [name, driver])).map(([name, driver]) => offer(name, driver))
    case 'from':
    case 'to':
      return [
        ...[...containers(), ...services('service:'), ...labels('label:')].map(([name, detail]) => offer(name, detail)),
        offer('"*"', 'every container on the network'),
      ]
    case 'container':
      return containers().map(([name, detail]) => offer(name, detail))
    case 'service':
      return services('').map(([name, detail]) => offer(name, detail))
    case 'label':
      return labels('').map(([name, detail]) => offer(name, detail))
    case 'host':
      return fleet.hosts.map(({ name, address }) => offer(name, address))
    case 'ping':
    case 'mtu':
    case 'name':
      return [offer('true', 'asked')]
    default:
      return []
  }
}

/** Names that repeat, once, with what was said of the first. */
function distinct(pairs: readonly (readonly string[])[]): readonly (readonly [string, string])[] {
  const first = new Map<string, string>()
  for (const [name = '', detail = ''] of pairs) if (!first.has(name)) first.set(name, detail)
  return [...first]
}

/** Which mapping a key at the end of `row` would be in; a text that is being written is rarely whole, so indentation tells. */
function mappingAt(text: string, start: number, row: string): Mapping {
  const open = row.lastIndexOf('{')
  if (open > row.lastIndexOf('}')) {
    const [, key] = /([A-Za-z]+):\s*(?:\[[^\]]*)?$/.exec(row.slice(0, open)) ?? []
    return mappingOf(key ?? 'must')
  }
  const indent = indentOf(row)
  if (indent === 0 && !/^\s*-/.test(row)) return 'contract'
  return mappingOf(parentKey(text, start, indent))
}

function mappingOf(key: string | undefined): Mapping {
  if (key === 'from' || key === 'to') return 'selector'
  if (key === 'http') return 'http'
  return key === undefined ? 'contract' : 'line'
}

/** The key under which a row of that indentation stands. */
function parentKey(text: string, start: number, indent: number): string | undefined {
  for (const row of text.slice(0, start).split('\n').reverse()) {
    const [, own] = /^\s*(?:-\s+)?([A-Za-z]+):/.exec(row) ?? []
    const isList = /^\s*-/.test(row)
    if (own !== undefined && (indentOf(row) < indent || (indentOf(row) === 0 && !isList))) return own
  }
  return undefined
}

/** Columns before what is written; a dash and its blank belong to it, as YAML has it. */
function indentOf(row: string): number {
  return /^\s*(?:-\s+)?/.exec(row)?.[0].length ?? 0
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&')
}
