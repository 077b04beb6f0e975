import { SwarmNetworksError } from '../../../errors'
import { parseRecord, readProgress, type RepairProgress } from '../../../repair/record'
import type { UnfinishedRepair } from '../unfinished-repair'
import { sectionsOf, type Section } from './sections'

/** The repair that the first look found to stand half-done. */
export function parseRepair(sections: readonly Section[]): UnfinishedRepair | undefined {
  const [json] = sectionsOf(sections, 'repair-record')
  const [notes] = sectionsOf(sections, 'repair-progress')
  if (json === undefined || notes === undefined) return undefined
  const lines = notes.text.split('\n').filter((line) => line.trim() !== '')
  const lastNoteAt = Date.parse(lines.at(-1)?.split(' ')[0] ?? '')
  // A plan with something taken out of it would be run with asterisks in its place.
  const progress = json.isRedacted ? undefined : progressOf(json.text, notes.text)
  return {
    record: json.about,
    ...(progress && { progress }),
    isTakingBack: lines.some((line) => line.includes(' begin undo-')),
    ...(Number.isFinite(lastNoteAt) && { lastNoteAt }),
  }
}

/** Of a repair of several hosts, what was to be done on this one. */
function progressOf(json: string, notes: string): RepairProgress | undefined {
  try {
    const record = parseRecord(json)
    const here = record.here ?? record.plan.hostIds[0]
    const steps = record.plan.steps.filter(({ hostId }) => hostId === here)
    return readProgress({ ...record, plan: { ...record.plan, steps } }, notes)
  } catch (error) {
    if (SwarmNetworksError.is(error, 'protocol')) return undefined
    throw error
  }
}
