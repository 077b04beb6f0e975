import type { Host } from '../../core/model/host'
import type { PairResult, TestedNetwork } from '../../core/connectivity/types'
import type { Clock } from '../../core/ports/environment'
import type { HostShells } from '../../core/ports/host-shell'
import { describeError } from '../../core/errors'
import type { HelperOptions } from '../connectivity/helper'
import type { FleetAccess } from '../fleet-access'

/** What looking at hosts needs beside the fleet. */
export interface HostCheckOptions {
  /** Absent: no helper is run on the hosts, and what only they see is not looked at. */
  readonly helper?: HelperOptions
  /** Absent: hosts' command lines are not used. */
  readonly shells?: HostShells
  /** Opens connections over SSH for it, too; otherwise only those are used that are open anyway. */
  readonly opensShells?: boolean
}

/** What one look at the hosts is about. */
export interface HostCheckContext extends HostCheckOptions {
  readonly fleet: FleetAccess
  readonly network: TestedNetwork
  readonly pairs: readonly PairResult[]
  /** The hosts that the network may span and that answer. */
  readonly hosts: readonly Host[]
  readonly dataPathPort: number
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Takes a sentence about what could not be looked at. */
  readonly note: (sentence: string) => void
}

/** A part that could not be read is missing, with the reason as a note: the other parts still count. */
export async function readOrNote<T>(
  { note, signal }: Pick<HostCheckContext, 'note' | 'signal'>,
  what: string,
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  try {
    // Each gets a signal of its own: many listeners on one look like a leak to Node.
    return await read(AbortSignal.any([signal]))
  } catch (error) {
    note(`${what}: ${describeError(error)}`)
    return undefined
  }
}
