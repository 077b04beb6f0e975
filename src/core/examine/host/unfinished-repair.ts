import type { RepairProgress } from '../../repair/record'

/** The newest repair of a host that neither came to its end nor was taken back, by what the host wrote down of it. */
export interface UnfinishedRepair {
  /** The name of its record. */
  readonly record: string
  /** What was planned and how far it got; absent where the record cannot be read, or holds a text that was taken out here. */
  readonly progress?: RepairProgress
  /** Whether somebody began to take it back. */
  readonly isTakingBack: boolean
  /** The newest line in it, in milliseconds since the epoch, by the host’s clock. */
  readonly lastNoteAt?: number
}
