import { singleLine } from '../text/single-line'
import type { HostsCheck } from '../host-checks/judge-hosts'
import { hostChecksSentence } from './host-checks-report'

const words = { ok: 'ok', failed: 'FAILED', 'not-tested': 'not tested' } as const

/** The hosts and their checks for a terminal, one check a line, the causes below. */
export function hostChecksText(check: HostsCheck): string {
  const lines = check.hosts.flatMap(({ host, address, verdicts }) => [
    [host, address].filter((part) => part !== '').join('  '),
    ...verdicts.map(
      ({ check: id, verdict, reason }) =>
        `  ${words[verdict].padEnd(10)}  ${id.padEnd(18)}  ${singleLine(reason, 400)}`,
    ),
  ])
  const causes = check.findings.flatMap(({ title, evidence, remedy, cause }) => [
    '',
    `${singleLine(title, 300)} [${cause}]`,
    ...evidence.map((sentence) => `  - ${singleLine(sentence, 400)}`),
    `  What to do: ${singleLine(remedy, 600)}`,
  ])
  return [...lines, ...causes, '', `${check.network.name}: ${hostChecksSentence(check)}`].join('\n')
}
