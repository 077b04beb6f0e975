import { rootCommand, rootScript } from './host-command'
import type { HostAction, RepairCheck, RepairPlan, RepairStep } from './plan'
import { keptFile, recordName } from './record'
import type { RepairSituation } from './situation'

/** What a step is apart from the host it runs on. */
export type StepSpec = Omit<RepairStep, 'hostId' | 'hostName'>

export type PlanSpec = Omit<RepairPlan, 'record' | 'hostIds' | 'steps'> & { readonly steps: readonly StepSpec[] }

export interface ReplacedLines {
  readonly id: string
  readonly title: string
  readonly path: string
  /** Whole lines as they are, each with what comes in its place. */
  readonly lines: readonly (readonly [old: string, replacement: string])[]
}

/** Its arguments are pairs of lines; awk takes no escapes out of those, as it would out of variables. */
const replaceLines =
  'BEGIN { for (i = 1; i < ARGC; i += 2) { to[ARGV[i]] = ARGV[i + 1]; all++; ARGV[i] = ARGV[i + 1] = "" } } ' +
  '$0 in to { print to[$0]; seen++; next } { print } END { exit (seen < all) }'

/** Builds the steps of one plan on one host, and with them the plan. */
export class PlanBuilder {
  readonly #situation: RepairSituation
  readonly #record: string

  constructor(situation: RepairSituation, id: string) {
    this.#situation = situation
    this.#record = recordName(id, situation.now)
  }

  plan({ steps, ...spec }: PlanSpec): RepairPlan {
    const { hostId, hostName } = this.#situation
    return {
      ...spec,
      record: this.#record,
      hostIds: [hostId],
      steps: steps.map((step) => ({ ...step, hostId, hostName })),
    }
  }

  /** Where the record keeps a file of the host. */
  kept(path: string): string {
    return keptFile(this.#record, path)
  }

  /** Moves a file or folder into the record, and back to take it back. Whatever stands there then is left alone. */
  moveAside(id: string, path: string, check: RepairCheck | 'unchecked' = isGone(path)): StepSpec {
    const kept = keptFile(this.#record, path)
    return {
      id,
      title: `Move ${path} into the record`,
      action: rootScript('mkdir -p "$(dirname "$2")" && { test -e "$2" || mv -- "$1" "$2"; }', path, kept),
      ...(check !== 'unchecked' && { check }),
      undo: rootScript('! test -e "$1" || test -e "$2" || mv -- "$1" "$2"', kept, path),
    }
  }

  /** Keeps a copy of a file in the record and gives the file a new text; its mode and owner stay. */
  rewrite({ id, title, path, text }: { id: string; title: string; path: string; text: string }): StepSpec {
    const kept = keptFile(this.#record, path)
    const script = 'mkdir -p "$(dirname "$2")" && { test -e "$2" || cp -p -- "$1" "$2"; } && cat >"$1"'
    return {
      id,
      title,
      action: { ...rootScript(script, path, kept), input: text },
      undo: rootScript('! test -e "$1" || cp -p -- "$1" "$2"', kept, path),
    }
  }

  /**
   * Keeps a copy of a file in the record and writes other lines in the place of some: for files that hold more than was
   * seen of them. Fails where one of the lines is not there as it was seen.
   */
  replaceLines({ id, title, path, lines }: ReplacedLines): StepSpec {
    const kept = keptFile(this.#record, path)
    const script = [
      'path=$1 kept=$2; shift 2',
      `mkdir -p "$(dirname "$kept")" && { test -e "$kept" || cp -p -- "$path" "$kept"; } && awk '${replaceLines}' "$@" <"$kept" >"$path"`,
    ].join('\n')
    return {
      id,
      title,
      action: rootScript(script, path, kept, ...lines.flat()),
      undo: rootScript('! test -e "$1" || cp -p -- "$1" "$2"', kept, path),
    }
  }

  /** Writes a file that is not there yet; to take it back, it is removed. */
  create({ id, title, path, text }: { id: string; title: string; path: string; text: string }): StepSpec {
    const script =
      'mkdir -p "$(dirname "$1")" && { ! test -e "$1" || test -e "$2"; } && mkdir -p "$(dirname "$2")" && : >"$2" && cat >"$1"'
    const mark = `${keptFile(this.#record, path)}.made`
    return {
      id,
      title,
      action: { ...rootScript(script, path, mark), input: text },
      undo: rootScript('! test -e "$2" || rm -f -- "$1"', path, mark),
    }
  }
}

function isGone(path: string): RepairCheck {
  return { title: `${path} is not there any more`, look: rootScript('! test -e "$1" && ! test -L "$1"', path) }
}

/** Has systemd read its files again, when something changes and when that is taken back. */
export const reloadSystemd: StepSpec = {
  id: 'reload',
  title: 'Have systemd read its files again',
  action: rootCommand(['systemctl', 'daemon-reload'], 60_000),
  undo: rootCommand(['systemctl', 'daemon-reload'], 60_000),
  undoOrder: 'last',
}

/** A look that is repeated until it is as it should be, or the tries are used up. */
export function looks(title: string, look: HostAction, tries = 30): RepairCheck {
  return { title, look, tries }
}
