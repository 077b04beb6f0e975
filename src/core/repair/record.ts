import * as v from 'valibot'
import { SwarmNetworksError } from '../errors'
import { repairPlan } from './plan-schema'
import type { RepairPlan } from './plan'
import type { RunOutcome, StepState } from './run-state'

/** Where hosts keep the records of their repairs: one folder each, root's alone. */
export const recordsFolder = '/var/lib/swarm-networks/repairs'

/** What is kept of a repair, in the editor's storage and in `record.json` on each of its hosts. */
export interface RepairRecord {
  readonly plan: RepairPlan
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** In a host's own `record.json`: which of the plan's hosts it is. */
  readonly here?: string
}

/** A record and how far its repair got. */
export interface RepairProgress {
  readonly record: RepairRecord
  /** One for each step of the plan; of a step on another host only what is known here. */
  readonly states: readonly StepState[]
  /** Absent while it goes on, or where whoever ran it was cut off. */
  readonly outcome?: RunOutcome
  readonly isUndone: boolean
}

/** Whether two plans are one: repairs of several hosts that were planned in the same second have records of one name. */
export function isSameRepair(a: RepairPlan, b: RepairPlan): boolean {
  return (
    a.record === b.record && a.hostIds.length === b.hostIds.length && a.hostIds.every((id) => b.hostIds.includes(id))
  )
}

/** A plan's record: sorts by time, and is a folder's name. `20261125T233012Z-stale-drop-in`. */
export function recordName(id: string, now: number): string {
  const time = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '')
  return `${time}-${id}`
}

/** The folder of a record on its hosts. @throws RangeError for a name that no `recordName` gave */
export function recordFolder(record: string): string {
  if (!/^\d{8}T\d{6}Z-[a-z0-9-]+$/.test(record)) throw new RangeError(`"${record}" is not the name of a record`)
  return `${recordsFolder}/${record}`
}

/** Where a record keeps a file of its host, under the same path. */
export function keptFile(record: string, path: string): string {
  return `${recordFolder(record)}/files${path}`
}

export function formatRecord(record: RepairRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/** @throws `protocol` for what is no record, or one of a newer version */
export function parseRecord(text: string): RepairRecord {
  try {
    return v.parse(recordSchema, JSON.parse(text))
  } catch (error) {
    throw new SwarmNetworksError('protocol', 'The record of the repair cannot be read', { cause: error })
  }
}

const recordSchema = v.object({ plan: repairPlan, startedAt: v.number(), here: v.exactOptional(v.string()) })

/** One line of a record's `progress`: the host's time in UTC, what happened, and to which step. */
type ProgressLine =
  | { readonly event: 'begin'; readonly step: string }
  | { readonly event: 'end'; readonly step: string; readonly code: number }
  | { readonly event: 'finished'; readonly outcome: RunOutcome }
  | { readonly event: 'undone' }

/**
 * How far a repair got by what its host wrote down, which goes on where the connection did not: a step that was begun
 * and of which no end is written is `unknown`.
 */
export function readProgress(record: RepairRecord, progress: string): RepairProgress {
  const lines = progress.split('\n').flatMap(parseLine)
  const outcome = lines.findLast((line) => line.event === 'finished')?.outcome
  return {
    record,
    states: record.plan.steps.map(({ id }) => stateOf(id, lines)),
    ...(outcome !== undefined && { outcome }),
    isUndone: lines.some(({ event }) => event === 'undone'),
  }
}

function stateOf(id: string, lines: readonly ProgressLine[]): StepState {
  const last = lines.findLast((line) => (line.event === 'begin' || line.event === 'end') && line.step === id)
  if (last === undefined) return 'waiting'
  if (last.event !== 'end') return 'unknown'
  return last.code === 0 ? 'done' : 'failed'
}

function parseLine(line: string): readonly ProgressLine[] {
  const [, event, word = '', code = ''] = line.trim().split(' ')
  if (event === 'begin') return [{ event, step: word }]
  if (event === 'end') return [{ event, step: word, code: Number(code) }]
  if (event === 'undone') return [{ event }]
  if (event === 'finished' && (word === 'done' || word === 'left' || word === 'undo')) return [{ event, outcome: word }]
  return []
}
