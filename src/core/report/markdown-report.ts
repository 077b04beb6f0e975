import { markdownTable } from 'markdown-table'
import type { Check, CheckKind, HelpedSource, PairResult, Peer } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import { groupBy } from '../collections/group-by'
import type { Finding } from '../diagnosis/finding'
import { count, enumerate } from '../text/count'
import { codeSpan, escapeMarkdown } from '../text/markdown'
import { beforeAfterSection } from './before-after'
import { causeNumbers, type CauseNumbers } from './cause-numbers'
import { formatUtc } from './format-utc'
import { allPeers, containerMatrix, hostMatrix, isReadable, peerLabels, type Cell, type HostCell } from './matrix'
import { summarizeNames } from './name-rows'
import { gatewaySection, namesSection } from './names-section'
import { summarize } from './summary'

/** The JSON has them all. */
const maxRows = 200

const signs: Readonly<Record<Cell, string>> = { pass: '✅', fail: '❌', 'not-tested': '➖', self: '·', none: ' ' }

/** A test's outcome as a document to be read: verdict, causes, matrices, what failed, what was not tested. */
export function markdownReport(run: ConnectivityRun): string {
  const { verdict, sentence } = summarize(run)
  const names = summarizeNames(run)
  const causes = causeNumbers(run)
  const sections = [
    `# Connectivity of ${escapeMarkdown(run.network.name)}`,
    [`${signs[verdict]} **${sentence}**`, ...(names ? [`${signs[names.verdict]} **${names.sentence}**`] : [])].join(
      ' · ',
    ),
    findingsSection(run.findings),
    beforeAfterSection(run),
    hostSection(run, causes),
    containerSection(run, causes),
    namesSection(run),
    failureSection(run),
    untestedSection(run),
    gatewaySection(run),
    aboutSection(run),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** The causes, each with its evidence, what to do and what else it could be; empty where there is none. */
export function findingsSection(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  return ['## Why', ...findings.map(findingSection)].join('\n\n')
}

function findingSection(finding: Finding, index: number): string {
  const { cause, title, confidence, evidence, remedy, fixes, alternatives = [] } = finding
  const offered = fixes.map((fix) => escapeMarkdown(fix.title))
  return [
    `### ${index + 1}\\. ${escapeMarkdown(title)}`,
    `Cause \`${cause}\`, confidence ${confidence} %`,
    evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
    `**What to do:** ${escapeMarkdown(remedy)}`,
    alternatives.length > 0
      ? `**What else it could be:**\n\n${alternatives.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')}`
      : '',
    offered.length > 0 ? `Offered in the editor: ${offered.join('; ')}.` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function hostSection(run: ConnectivityRun, causes: CauseNumbers): string {
  const { sources, targets, cells } = hostMatrix(run)
  if (new Set([...sources, ...targets]).size < 2) return ''
  const rows = sources.map((source, row) => [
    bold(source),
    ...(cells[row] ?? []).map((cell, column) => hostCell(cell, causes.ofHosts(source, targets[column] ?? ''))),
  ])
  const counted = 'pairs of containers that pass, of those tested'
  return [
    '## By host',
    legend(causes.isAny ? `${counted}, and the numbers of the causes above` : counted),
    table(targets, rows),
  ].join('\n\n')
}

function hostCell({ cell, passed, failed, untested }: HostCell, causes: readonly number[]): string {
  if (cell === 'none') return ' '
  if (passed + failed === 0) return `${signs[cell]} ${untested} not tested`
  const counted = `${signs[cell]} ${passed}/${passed + failed}`
  return causes.length === 0 ? counted : `${counted}<br>${causes.join(', ')}`
}

function containerSection(run: ConnectivityRun, causes: CauseNumbers): string {
  const { sources, targets, cells } = containerMatrix(run)
  if (sources.length === 0) return ''
  // Hosts and failures are shown instead.
  if (!isReadable({ sources, targets }))
    return `## By container\n\n${count(allPeers(run).length, 'container')}: too many for a matrix, so only what failed is listed.`
  const labels = peerLabels(allPeers(run))
  const header = targets.map(({ containerId }) => labels.get(containerId) ?? '')
  const rows = sources.map((source, row) => [
    `**${escapeMarkdown(source.container)}** on ${escapeMarkdown(source.host)}`,
    ...targets.map((target, column) => {
      const cell = cells[row]?.[column] ?? 'none'
      const cause = cell === 'fail' ? causes.ofPair({ from: source, to: target }) : undefined
      return cause === undefined ? signs[cell] : `${signs[cell]} ${cause}`
    }),
  ])
  return [
    '## By container',
    legend(causes.isAny ? 'rows ask, columns answer; a number is that of the cause above' : 'rows ask, columns answer'),
    table(header, rows),
  ].join('\n\n')
}

function failureSection({ pairs }: ConnectivityRun): string {
  const failed = pairs.filter(({ result }) => result === 'fail')
  if (failed.length === 0) return ''
  // What one source saw of many targets of one host is one row.
  const groups = groupBy(failed, (pair) => JSON.stringify([pair.from.containerId, pair.to.hostId, whatWasSeen(pair)]))
  const rows = [...groups.values()].map((own) => {
    const [pair] = own
    const targets = own.map(({ to }) => bold(to.container)).join(', ')
    return [place(pair.from), `${targets} on ${escapeMarkdown(pair.to.host)}`, whatWasSeen(pair)]
  })
  const table = markdownTable([['From', 'To', 'What was seen'], ...rows.slice(0, maxRows)], { alignDelimiters: false })
  const more =
    rows.length > maxRows ? `\n\n… and ${rows.length - maxRows} more rows; the JSON report has all pairs.` : ''
  return `## What failed\n\n${table}${more}`
}

function whatWasSeen({ checks, reason = '' }: PairResult): string {
  const failed = checks
    .filter(({ result }) => result === 'fail')
    .map(({ detail }) => `${signs.fail} ${escapeMarkdown(detail)}`)
  const passed = checks.filter(({ kind, result }) => kind !== 'target' && result === 'pass').map(checkLabel)
  const seen = [...failed, ...(passed.length > 0 ? [`${signs.pass} ${passed.join(', ')}`] : [])]
  return seen.length === 0 ? escapeMarkdown(reason) : seen.join('<br>')
}

const labels: Readonly<Record<CheckKind, string>> = {
  target: 'runs',
  name: 'name',
  icmp: 'ping',
  mtu: 'full-size packets',
  address: 'TCP',
  tcp: 'TCP',
  http: 'HTTP',
}

function checkLabel({ kind, port }: Check): string {
  return port === undefined ? labels[kind] : `${labels[kind]} ${port}`
}

function untestedSection({ pairs, unreachableHosts, reading }: ConnectivityRun): string {
  const untested = pairs.filter(({ result }) => result === 'not-tested')
  const byReason = groupBy(untested, ({ reason }) => reason ?? 'Nothing was tested')
  const lines = [...byReason].map(([reason, own]) => {
    const names = [...new Set(own.map(({ from, to }) => `${from.container} → ${to.container}`))]
    return `- ${escapeMarkdown(reason)}: ${escapeMarkdown(enumerate(names))}`
  })
  const hosts = unreachableHosts.map(
    ({ host, reason }) => `- ${bold(host)} could not be asked: ${escapeMarkdown(reason)}`,
  )
  // A check that could not be made in a pair that passed otherwise.
  const partly = pairs.filter(({ result }) => result !== 'not-tested').flatMap(({ checks }) => checks)
  const skipped = groupBy(
    partly.filter(({ result, observation }) => result === 'not-tested' && observation !== 'no-answer'),
    ({ detail }) => detail,
  )
  const parts = [...skipped]
    .slice(0, 20)
    .map(([detail, own]) => `- ${escapeMarkdown(detail)} (${count(own.length, 'pair')})`)
  const notes = (reading?.notes ?? []).map((note) => `- ${escapeMarkdown(note)}`)
  const all = [...hosts, ...lines.slice(0, maxRows), ...parts, ...notes.slice(0, maxRows)]
  return all.length === 0 ? '' : `## Not tested\n\n${all.join('\n')}`
}

function aboutSection({ network, startedAt, durationMs, execs, helped = [], pairs }: ConnectivityRun): string {
  const kind = `${network.isEncrypted ? 'encrypted ' : ''}${escapeMarkdown(network.driver)} network`
  const took = `${(durationMs / 1000).toFixed(1)} s and ${count(execs, 'exec')}`
  return `---\n\n${count(pairs.length, 'pair')} on the ${kind} \`${network.id.slice(0, 12)}\`, begun ${formatUtc(startedAt)}, took ${took}.${namesInWords(network)}${helped.map(helpedInWords).join('')}`
}

function namesInWords({ names, hasNames }: ConnectivityRun['network']): string {
  if (!hasNames) return ' Docker’s default bridge has no names of containers.'
  return names === undefined ? '' : ` Names are found by: ${escapeMarkdown(names)}.`
}

function helpedInWords({ container, host, image }: HelpedSource): string {
  return ` The image of ${bold(container)} on ${escapeMarkdown(host)} has no tools: it was asked through a helper in its network, from ${codeSpan(image)}, which was removed again.`
}

function place({ container, host }: Pick<Peer, 'container' | 'host'>): string {
  return `${bold(container)} on ${escapeMarkdown(host)}`
}

function bold(text: string): string {
  return `**${escapeMarkdown(text)}**`
}

function legend(what: string): string {
  return `${signs.pass} passes, ${signs.fail} fails, ${signs['not-tested']} not tested; ${what}.`
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const align = ['l', ...header.map(() => 'c')]
  return markdownTable([['', ...header.map(escapeMarkdown)], ...rows], { align, alignDelimiters: false })
}
