import { countsInWords } from './pair-counts'
import { element, text, type Markup } from './svg-element'
import type { Topology, TopologyHost, TopologyRow } from './topology'

/** The headings of the tables, in the reader's language. */
export interface TableTexts {
  readonly host: string
  readonly network: string
  readonly containers: string
  readonly lastTest: string
  readonly link: string
  readonly hostsAndNetworks: string
  readonly links: string
}

/** What the picture shows, as HTML tables: for a screen reader, and for whoever would rather read. */
export function writeTables({ hosts, links }: Topology, texts: TableTexts): string {
  const { host, network, containers, lastTest, link } = texts
  const places = hosts.flatMap((each) =>
    each.rows.length === 0 ? [emptyRow(each)] : each.rows.map((row) => rowOf(each, row)),
  )
  const between = links.map(({ from, to, network: name, counts }) => [
    `${from.name} – ${to.name}`,
    name,
    countsInWords(counts),
  ])
  const parts = [table(texts.hostsAndNetworks, [host, network, containers, lastTest], places)]
  if (between.length > 0) parts.push(table(texts.links, [link, network, lastTest], between))
  return parts.map(({ markup }) => markup).join('')
}

function rowOf({ name }: TopologyHost, { network, members, hidden, counts }: TopologyRow): readonly string[] {
  const names = members.map((member) => (member.isRunning ? member.name : `${member.name} (not running)`))
  const more = hidden === 0 ? [] : [names.length === 0 ? String(hidden) : `${hidden} more`]
  return [name, network, [...names, ...more].join(', '), countsInWords(counts)]
}

function emptyRow({ name, state }: TopologyHost): readonly string[] {
  return [name, '', state === 'ready' ? '' : state, '']
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const headRow = element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, text(title))))
  const body = rows.map(([first = '', ...rest]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, text(first)),
      ...rest.map((cell) => element('td', {}, text(cell))),
    ),
  )
  return element(
    'table',
    {},
    element('caption', {}, text(caption)),
    element('thead', {}, headRow),
    element('tbody', {}, ...body),
  )
}
