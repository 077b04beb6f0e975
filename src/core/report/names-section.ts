import { markdownTable } from 'markdown-table'
import { groupBy } from '../collections/group-by'
import { gatewayBridge } from '../connectivity/names/gateway-addresses'
import type { FurtherName, NameResult } from '../connectivity/names/types'
import type { CheckResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import { count, enumerate } from '../text/count'
import { codeSpan, escapeMarkdown } from '../text/markdown'
import { nameRows, type NameRow } from './name-rows'

/** The JSON has them all. */
const maxRows = 100
const maxGateways = 20

const signs: Readonly<Record<CheckResult, string>> = { pass: '✅', fail: '❌', 'not-tested': '➖' }

/** Services, aliases and full names: what each stands for, and where it leads; empty where none was asked for. */
export function namesSection(run: ConnectivityRun): string {
  const rows = nameRows(run)
  const notes = (run.nameNotes ?? []).map((note) => `- ${escapeMarkdown(note)}`).join('\n')
  if (rows.length === 0 && notes === '') return ''
  const isPlain = ({ target, result }: NameRow) => target.form === 'full-name' && result === 'pass'
  const plain = rows.filter(isPlain)
  const table = [
    ...rows.filter((row) => !isPlain(row)).map(tableRow),
    ...(plain.length === 0 ? [] : [fullNames(plain, run.network.name)]),
  ]
  const more = table.length > maxRows ? `… and ${table.length - maxRows} more names; the JSON report has all.` : ''
  const header = ['Name', 'Stands for', 'Should lead to', 'What was seen']
  return [
    '## Names and services',
    table.length > 0 ? markdownTable([header, ...table.slice(0, maxRows)], { alignDelimiters: false }) : '',
    more,
    notes,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The containers' addresses on the gateway bridges, which look like a second way to them and are none. */
export function gatewaySection({ gateways = [], network }: ConnectivityRun): string {
  if (gateways.length === 0) return ''
  const rows = gateways
    .slice(0, maxGateways)
    .map(({ container, host, address }) => [escapeMarkdown(container), escapeMarkdown(host), codeSpan(address)])
  const more = gateways.length > maxGateways ? [`… and ${count(gateways.length - maxGateways, 'more container')}.`] : []
  return [
    '## Second addresses',
    `Each of these containers has a second address, on the bridge ${codeSpan(gatewayBridge)} of its own host. It leads out of the host, to what is outside of ${escapeMarkdown(network.name)}. Containers do not reach each other by it: every host has such a bridge with the same addresses, and none is known on another host.`,
    markdownTable([['Container', 'Host', 'Second address'], ...rows], { alignDelimiters: false }),
    ...more,
  ].join('\n\n')
}

function tableRow({ target, result, results }: NameRow): readonly string[] {
  return [
    codeSpan(target.name),
    `${escapeMarkdown(target.standsFor)}${target.endpointMode && target.form === 'service' ? ` (${target.endpointMode})` : ''}`,
    meantInWords(target),
    result === 'pass' ? `${signs.pass} ${passInWords(results)}` : seenInWords(results),
  ]
}

function fullNames(rows: readonly NameRow[], network: string): readonly string[] {
  const asked = rows.flatMap(({ results }) => results)
  return [
    codeSpan(`NAME.${network}`),
    count(rows.length, 'container'),
    'each one’s own address',
    `${signs.pass} ${passInWords(asked)}`,
  ]
}

function meantInWords({ meant }: FurtherName): string {
  const known = meant.map(({ address }) => address)
  return known.length === 0 ? 'not known' : escapeMarkdown(enumerate(known, 8))
}

function passInWords(results: readonly NameResult[]): string {
  const passed = results.filter(({ result }) => result === 'pass')
  const dialled = passed.filter(({ checks }) => checks.some(({ kind }) => kind !== 'name'))
  const answers = dialled.length > 0 ? `, answers ${count(dialled.length, 'container')}` : ''
  return `right for ${count(new Set(passed.map(({ from }) => from.containerId)).size, 'container')}${answers}`
}

/** What several sources saw alike stands there once. */
function seenInWords(results: readonly NameResult[]): string {
  const seen = groupBy(results, ({ result, reason = '' }) => `${signs[result]} ${escapeMarkdown(reason)}`)
  return [...seen]
    .map(([text, own]) => {
      const from = escapeMarkdown(enumerate(own.map(({ from: { container, host } }) => `${container} on ${host}`)))
      return own[0].result === 'pass' ? `${signs.pass} right for ${from}` : `${text} (${from})`
    })
    .join('<br>')
}
