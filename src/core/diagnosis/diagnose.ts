import { offeredRepairs } from '../repair/network/offered-repairs'
import { stripControl } from '../text/sanitize'
import { failuresOf, type Explanation, type Rule, type TestOutcome } from './evidence'
import type { Finding } from './finding'
import { failuresOfNames } from './name-failures'
import { rules as allRules } from './rules/rule-list'

/**
 * The causes of what failed, most specific first. A failure that one rule explains is not explained again by a later
 * one: what follows from a fault is not reported as another.
 */
export function diagnose(outcome: TestOutcome, rules: readonly Rule[] = allRules): readonly Finding[] {
  let failures = failuresOf(outcome.pairs)
  let nameFailures = failuresOfNames(outcome)
  const findings: Finding[] = []
  for (const rule of rules) {
    const explanations = rule.diagnose({ ...outcome, failures, nameFailures })
    const explained = new Set(
      explanations.flatMap(({ explains, explainsNames = [] }) =>
        [...explains, ...explainsNames].map(({ check }) => check),
      ),
    )
    failures = failures.filter(({ check }) => !explained.has(check))
    nameFailures = nameFailures.filter(({ check }) => !explained.has(check))
    findings.push(...explanations.map((explanation) => complete(explanation, outcome)))
  }
  return findings
}

/** Adds the pairs and the repairs, and makes the texts harmless: they are made of names and answers from engines and containers. */
function complete({ finding, explains, explainsNames = [] }: Explanation, { network, reading }: TestOutcome): Finding {
  const pairs = [...new Set(explains.map(({ pair }) => pair))]
  const hosts = reading?.hosts ?? []
  return {
    ...finding,
    title: stripControl(finding.title),
    evidence: finding.evidence.map(stripControl),
    remedy: stripControl(finding.remedy),
    ...(finding.alternatives && { alternatives: finding.alternatives.map(stripControl) }),
    fixes: [...offeredRepairs(finding, { network, pairs, hosts }), ...finding.fixes].map((fix) => ({
      ...fix,
      title: stripControl(fix.title),
    })),
    ...(pairs.length > 0 && {
      pairs: pairs.map(({ from, to }) => ({ from: from.containerId, to: to.containerId })),
    }),
    ...(explainsNames.length > 0 && {
      names: explainsNames.map(({ name: { from, target } }) => ({ from: from.containerId, name: target.name })),
    }),
  }
}
