import { isOk, type ConnectivityRun } from '../../core/connectivity/run'
import type { Finding } from '../../core/diagnosis/finding'
import { summarizeNames } from '../../core/report/name-rows'
import { count } from '../../core/text/count'
import { definitionList, escapeMarkdown } from '../../core/text/markdown'
import { formatMoment } from '../../core/text/moment'
import { singleLine } from '../../core/text/single-line'
import { colors, contextOf, describe, labelOf, speak } from './node-parts'
import type { TreeNode } from './tree-node'

/** `12 of 12 pairs, 14:03:22`: how many can talk, how many could not be tested, and when. */
export function describeRun(run: ConnectivityRun, now: number): string {
  const passed = run.pairs.filter(({ result }) => result === 'pass').length
  const untested = run.pairs.filter(({ result }) => result === 'not-tested').length
  const names = summarizeNames(run)
  const parts = [
    `${passed} of ${count(run.pairs.length, 'pair')}`,
    ...(untested === 0 ? [] : [`${untested} not tested`]),
    ...(names?.verdict === 'fail' ? [names.sentence] : []),
    ...(run.isCancelled ? ['cancelled'] : []),
    formatMoment(run.startedAt, now),
  ]
  return parts.join(', ')
}

/** The last connectivity test of a network; what it found is below it. */
export function testNode(networkKey: string, run: ConnectivityRun, now: number): TreeNode {
  const description = describeRun(run, now)
  return {
    id: `network:${networkKey}/test`,
    subject: { kind: 'test-result', networkKey },
    label: 'Last test',
    description,
    tooltip: tooltip(run, description),
    accessibleText: speak(`Last test of ${run.network.name}`, verdict(run), description),
    icon: icon(run),
    collapse: run.findings.length === 0 ? 'none' : 'expanded',
    context: testContext(run),
  }
}

/** The words that a test's menus match, in whichever view it stands. */
export function testContext({ findings }: ConnectivityRun): string {
  return contextOf('test-result', findings.length > 0 ? 'fixable' : undefined)
}

/** One cause that a test came to, with the fixes that can be offered for it. */
export function findingNode(networkKey: string, finding: Finding, index: number): TreeNode {
  return {
    id: `network:${networkKey}/test/finding:${index}:${finding.cause}`,
    subject: { kind: 'finding', networkKey, cause: finding.cause, index },
    // A label is no sentence.
    label: labelOf(finding.title.replace(/\.$/, '')),
    description: describe(finding.hosts.join(', ')),
    tooltip: findingTooltip(finding),
    accessibleText: speak(finding.title, singleLine(finding.remedy)),
    icon: { name: 'lightbulb', color: colors.bad },
    collapse: 'none',
    context: findingContext(finding),
  }
}

/** The words that a finding's menus match: each fix that can be offered is one. */
export function findingContext({ fixes }: Finding): string {
  const ids = new Set(fixes.map(({ id }) => id))
  return contextOf('finding', ids.size > 0 ? 'fixable' : undefined, ...[...ids].map((id) => `fix-${id}` as const))
}

function icon(run: ConnectivityRun): TreeNode['icon'] {
  if (isOk(run)) return { name: 'pass', color: colors.good }
  if (run.pairs.some(({ result }) => result === 'fail')) return { name: 'error', color: colors.bad }
  return { name: 'circle-slash', color: colors.off }
}

function verdict(run: ConnectivityRun): string {
  if (isOk(run)) return 'passed'
  return run.pairs.some(({ result }) => result === 'fail') ? 'failed' : 'not conclusive'
}

function tooltip(run: ConnectivityRun, description: string): string {
  const rows = definitionList([
    ['Result', `${verdict(run)}: ${escapeMarkdown(description)}`],
    ['Duration', `${(run.durationMs / 1000).toFixed(1)} s, ${count(run.execs, 'exec')}`],
    [
      'Hosts that could not be asked',
      run.unreachableHosts.map(({ host, reason }) => escapeMarkdown(`${host} (${reason})`)).join(', '),
    ],
  ])
  return `**Connectivity test of ${escapeMarkdown(run.network.name)}**\n\n${rows}`
}

function findingTooltip(finding: Finding): string {
  const evidence = finding.evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')
  return [
    `**${escapeMarkdown(finding.title)}**`,
    escapeMarkdown(finding.remedy),
    evidence,
    `Confidence ${finding.confidence} %`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
