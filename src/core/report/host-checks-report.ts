import { markdownTable } from 'markdown-table'
import { hostCheckList } from '../host-checks/checks/check-list'
import type { Verdict } from '../host-checks/host-check'
import { countVerdicts, type HostsCheck } from '../host-checks/judge-hosts'
import { count } from '../text/count'
import { escapeMarkdown } from '../text/markdown'
import { formatUtc } from './format-utc'
import { findingsSection } from './markdown-report'

export const verdictSigns: Readonly<Record<Verdict, string>> = { ok: '✅', failed: '❌', 'not-tested': '➖' }

/** In one line: what failed, and how much could not be told. */
export function hostChecksSentence(check: HostsCheck): string {
  const counts = countVerdicts(check)
  const untold = counts['not-tested'] === 0 ? '' : `, ${counts['not-tested']} could not be told`
  return `${count(check.hosts.length, 'host')}: ${count(counts.ok, 'check')} well, ${counts.failed} failed${untold}`
}

/** The hosts of a network and what they owe each other, as a document: the table, what failed, why, and what nobody can tell. */
export function hostChecksReport(check: HostsCheck): string {
  const { network, findings, notes, at, durationMs } = check
  const counts = countVerdicts(check)
  const sign = counts.failed > 0 ? verdictSigns.failed : counts.ok > 0 ? verdictSigns.ok : verdictSigns['not-tested']
  const sections = [
    `# Hosts of ${escapeMarkdown(network.name)}`,
    `${sign} **${hostChecksSentence(check)}**`,
    table(check),
    reasons(check, 'failed', '## What failed'),
    findingsSection(findings),
    reasons(check, 'not-tested', '## Not tested'),
    reasons(check, 'ok', '## What is well'),
    notes.length === 0 ? '' : `## Not looked at\n\n${notes.map((note) => `- ${escapeMarkdown(note)}`).join('\n')}`,
    `---\n\nBegun ${formatUtc(at)}, took ${(durationMs / 1_000).toFixed(1)} s.`,
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function table({ hosts }: HostsCheck): string {
  const rows = hosts.map(({ host, address, verdicts }) => [
    `**${escapeMarkdown(host)}** ${escapeMarkdown(address)}`.trim(),
    ...verdicts.map(({ verdict }) => verdictSigns[verdict]),
  ])
  const legend = `${verdictSigns.ok} well, ${verdictSigns.failed} failed, ${verdictSigns['not-tested']} could not be told; the reasons stand below.`
  const align = ['l', ...hostCheckList.map(() => 'c')]
  const header = ['Host', ...hostCheckList.map(({ title }) => title)]
  return `${legend}\n\n${markdownTable([header, ...rows], { align, alignDelimiters: false })}`
}

/** What came of the checks with one verdict; what several hosts have in common is one line. */
function reasons({ hosts }: HostsCheck, wanted: Verdict, heading: string): string {
  const titles = new Map(hostCheckList.map(({ id, title }) => [id, title]))
  const byReason = new Map<string, { title: string; reason: string; hosts: string[] }>()
  for (const { host, verdicts } of hosts)
    for (const { check, verdict, reason } of verdicts) {
      if (verdict !== wanted) continue
      const title = titles.get(check) ?? check
      const key = `${title} ${reason}`
      const entry = byReason.get(key) ?? { title, reason, hosts: [] }
      entry.hosts.push(host)
      byReason.set(key, entry)
    }
  if (byReason.size === 0) return ''
  const lines = [...byReason.values()].map((entry) => {
    const where = entry.hosts.length === hosts.length && hosts.length > 1 ? 'all hosts' : entry.hosts.join(', ')
    return `- **${escapeMarkdown(entry.title)}**, ${escapeMarkdown(where)}: ${escapeMarkdown(entry.reason)}`
  })
  return [heading, lines.join('\n')].join('\n\n')
}
