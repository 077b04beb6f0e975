import { singleLine } from '../../../text/single-line'
import type { HostFacts, LogLine } from '../host-facts'
import { isEngine } from '../parse/parse-processes'
import type { ExecStart, UnitFacts } from '../unit-facts'

/** `docker.service`; undefined without systemd, and where there is no such unit. */
export function serviceOf({ units }: HostFacts): UnitFacts | undefined {
  return units.find(({ name, loadState }) => name === 'docker.service' && loadState !== 'not-found')
}

export function unitOf({ units }: HostFacts, name: string): UnitFacts | undefined {
  return units.find((unit) => unit.name === name)
}

/** Whether the engine runs, as whoever starts it says, or by its process. */
export function isRunning(facts: HostFacts): boolean {
  const service = serviceOf(facts)
  if (service === undefined) return facts.processes.some(isEngine)
  return (service.activeState === 'active' || service.activeState === 'reloading') && !isOnlyClient(facts)
}

/**
 * Whether what was started as `docker daemon` is the client of today, which waits at docker.socket for the engine that it
 * was meant to be: 20.10 does so for good, and systemd calls it active.
 */
function isOnlyClient({ processes, program }: HostFacts): boolean {
  const engines = processes.filter(isEngine)
  return program.found.length > 0 && engines.length > 0 && engines.every(({ name }) => name !== 'dockerd')
}

/** Whether something that a rule found keeps the engine from running. */
export function isExplained(found: readonly { readonly severity: string }[]): boolean {
  return found.some(({ severity }) => severity === 'error')
}

/** The lines of the last start that match, the newest first. */
export function linesLike({ startLog }: HostFacts, pattern: RegExp): readonly LogLine[] {
  return startLog.filter(({ text }) => pattern.test(text)).toReversed()
}

/** A line of a log as evidence. */
export function said({ source, text }: LogLine): string {
  return `${source === '' ? 'The log' : singleLine(source, 60)} said: “${singleLine(text, 300)}”.`
}

/** A unit's command line as evidence, with where it stands. */
export function quoted({ file, line, command }: ExecStart): string {
  return `${file}, line ${line}: “ExecStart=${singleLine(command, 200)}”.`
}
