import type { HostFile } from './host-file'

/** A unit of systemd: what its manager says of it, and its files as they are on the disk. */
export interface UnitFacts {
  /** For instance `docker.service`. */
  readonly name: string
  /** systemd's words: `loaded`, `not-found`, `masked`, `bad-setting`, `error`. */
  readonly loadState: string
  readonly loadError?: string
  /** `active`, `inactive`, `failed`, `activating`, … */
  readonly activeState: string
  readonly subState: string
  /** How it ended last: `success`, `exit-code`, `start-limit-hit`, `resources`, … */
  readonly result?: string
  /** `enabled`, `disabled`, `masked`, `static`, … */
  readonly unitFileState?: string
  /** Whether its files changed since systemd read them. */
  readonly needsReload: boolean
  /** Absent while it does not run. */
  readonly mainPid?: number
  readonly restarts?: number
  /** The exit status of its main process when it ended last. */
  readonly exitStatus?: number
  /** The unit’s own file; absent where there is none. */
  readonly fragment?: UnitFile
  /** In the order in which systemd reads them; a later one counts more. */
  readonly dropIns: readonly UnitFile[]
  /** The command lines that are in force after all resets; more than one is refused for services like these. */
  readonly execStarts: readonly ExecStart[]
}

/** A file of a unit: its own, or a drop-in. */
export interface UnitFile extends HostFile {
  /** Where a link leads; `/dev/null` masks. */
  readonly linkTarget?: string
  /** Whether systemd has read it; false for one that came after its last reload. */
  readonly isLoaded: boolean
  /** Every `ExecStart=` in it, in order; an empty command resets what came before. */
  readonly execStarts: readonly ExecStart[]
}

/** One `ExecStart=` line. */
export interface ExecStart {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** As it stands there, continuation lines joined; empty for a reset. */
  readonly command: string
}
