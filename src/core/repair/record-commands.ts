import type { HostCommand } from '../ports/host-shell'
import { recordFolder, recordsFolder } from './record'
import type { RunOutcome } from './run-state'

const deadlineMs = 20_000
const now = 'date -u +%Y-%m-%dT%H:%M:%SZ'
const note = `echo "$(${now}) $2" >>"$1/progress"`

/** Makes a record's folder and writes `record.json` into it. Fails where it is there already. */
export function openRecord(record: string, json: string): HostCommand {
  const script = 'umask 077 && mkdir -p "$1" && mkdir "$2" && cat >"$2/record.json" && : >"$2/progress"'
  return inShell(script, [recordsFolder, recordFolder(record)], json)
}

/** Writes the script that takes everything back, for whoever has nothing but the host. */
export function writeUndoScript(record: string, script: string): HostCommand {
  return inShell('umask 077 && cat >"$1/undo.sh" && chmod 700 "$1/undo.sh"', [recordFolder(record)], script)
}

/**
 * A step's command as it is run: the host itself writes down that it begins and how it ended, so that the record is
 * right also where the connection is lost in the middle.
 */
export function noted(
  command: HostCommand,
  { record, step }: { readonly record: string; readonly step: string },
): HostCommand {
  const script = [
    'note=$1/progress step=$2; shift 2',
    `echo "$(${now}) begin $step" >>"$note" || exit 1`,
    '"$@"; code=$?',
    `echo "$(${now}) end $step $code" >>"$note"; exit $code`,
  ].join('\n')
  return { ...command, command: ['/bin/sh', '-c', script, 'sh', recordFolder(record), step, ...command.command] }
}

/** Writes down that a step begins, or its exit status, where the step is no command of root's that notes it by itself. */
export function noteStep(record: string, step: string, what: 'begin' | number): HostCommand {
  const words = what === 'begin' ? `begin ${step}` : `end ${step} ${what}`
  return inShell(note, [recordFolder(record), words])
}

/** Writes down how the run ended, or that the repair was taken back. */
export function noteEnd(record: string, what: RunOutcome | 'undone'): HostCommand {
  const words = what === 'undone' ? 'undone' : `finished ${what}`
  return inShell(note, [recordFolder(record), words])
}

/** Prints a record's progress. */
export function readProgressCommand(record: string): HostCommand {
  return { command: ['cat', `${recordFolder(record)}/progress`], deadlineMs, maxBytes: 1_048_576 }
}

/** What `parseRecords` separates records by; no JSON has such a line. */
export const recordMark = '== record'

/** Prints the newest records of a host with their progress; nothing where there are none. */
export function listRecords(limit = 20): HostCommand {
  const script = [
    'cd "$1" 2>/dev/null || exit 0',
    'ls -1 | sort -r | head -n "$2" | while IFS= read -r name; do',
    `  printf '%s %s\\n' '${recordMark}' "$name"; cat "$name/record.json"; printf '\\n%s\\n' '${recordMark}'; cat "$name/progress"`,
    'done',
  ].join('\n')
  return { ...inShell(script, [recordsFolder, String(limit)]), maxBytes: 4_194_304 }
}

function inShell(script: string, args: readonly string[], input?: string): HostCommand {
  return { command: ['/bin/sh', '-c', script, 'sh', ...args], deadlineMs, ...(input !== undefined && { input }) }
}
