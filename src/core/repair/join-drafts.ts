import type { RepairDraft } from './plan'

const weights = { low: 0, medium: 1, high: 2 } as const

/** The same repair on several hosts as one plan, host after host; the steps' ids get their host's name. */
export function joinDrafts(drafts: readonly [RepairDraft, ...RepairDraft[]], title: string): RepairDraft {
  const [first, ...others] = drafts
  if (others.length === 0) return first
  const risks = drafts.map(({ risk }) => risk).toSorted((a, b) => weights[b] - weights[a])
  return {
    id: first.id,
    title,
    hostIds: [...new Set(drafts.flatMap(({ hostIds }) => hostIds))],
    consequences: [...new Set(drafts.flatMap(({ consequences }) => consequences))],
    risk: risks[0] ?? first.risk,
    steps: drafts.flatMap(({ steps }, index) => steps.map((step) => ({ ...step, id: `${index + 1}-${step.id}` }))),
  }
}
