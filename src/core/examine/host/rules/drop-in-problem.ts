import type { HostFacts } from '../host-facts'
import { baseName } from '../parse/parse-units'
import { programOf } from '../parse/parse-command-line'
import type { DiagnosisDetails } from '../host-diagnosis'
import type { ExecStart, UnitFacts, UnitFile } from '../unit-facts'
import { linesLike, quoted, said } from './seen'

/** Why a drop-in does not fit its unit any more. */
export interface DropInProblem {
  readonly reason: DiagnosisDetails['stale-drop-in']['reason']
  readonly evidence: readonly string[]
}

/** What docker-machine calls its drop-in since 0.10 (libmachine/provision/systemd.go). */
export function isDockerMachines({ path }: UnitFile): boolean {
  return baseName(path) === '10-machine.conf'
}

/** Whether a command line is how engines up to 1.11 were started; the engine of today has no such command. */
export function isLegacy({ command }: ExecStart): boolean {
  return /^\S*\bdocker\s+(?:-\S+\s+)*(?:daemon\b|-d\b)/.test(command.replace(/^[-@:+!|]+/, ''))
}

/** What in a drop-in does not fit the unit, or the engine that is there; undefined where it fits. */
export function dropInProblem(dropIn: UnitFile, unit: UnitFacts, facts: HostFacts): DropInProblem | undefined {
  const own = unit.execStarts.filter(({ file }) => file === dropIn.path)
  const [first] = own
  if (first === undefined) return undefined
  return missingProgram(own, facts) ?? legacyCommand(own, facts) ?? unknownFlag(dropIn, facts) ?? secondOf(dropIn, unit)
}

function missingProgram(own: readonly ExecStart[], { program }: HostFacts): DropInProblem | undefined {
  const bad = own.find(({ command }) => program.missing.includes(programOf(command)))
  if (bad === undefined) return undefined
  const where = program.found.length === 0 ? [] : [`The engine’s program is at ${program.found.join(', ')}.`]
  return {
    reason: 'missing-program',
    evidence: [quoted(bad), `There is no program ${programOf(bad.command)}.`, ...where],
  }
}

function legacyCommand(own: readonly ExecStart[], { program }: HostFacts): DropInProblem | undefined {
  const bad = own.find(isLegacy)
  if (bad === undefined || program.found.length === 0) return undefined
  return {
    reason: 'legacy-command',
    evidence: [quoted(bad), `Engines since 1.12 are started by ${program.found[0] ?? 'dockerd'}.`],
  }
}

/** The flag that the engine's last start stopped at, if it stands in this file. */
function unknownFlag(dropIn: UnitFile, facts: HostFacts): DropInProblem | undefined {
  const unknown = unknownFlagOf(facts)
  if (
    unknown === undefined ||
    !facts.commandLine.flags.some(({ name, file }) => name === unknown.name && file === dropIn.path)
  )
    return undefined
  return { reason: 'unknown-flag', evidence: [unknown.evidence, `--${unknown.name} stands in ${dropIn.path}.`] }
}

/** A flag that the engine does not know, as pflag and its forerunner say it. */
export function unknownFlagOf(facts: HostFacts): { readonly name: string; readonly evidence: string } | undefined {
  const pattern = /(?:unknown (?:shorthand )?flag: |flag provided but not defined: )(?:'\w+' in )?-{1,2}([\w-]+)/
  const [line] = linesLike(facts, pattern)
  const name = line && pattern.exec(line.text)?.[1]
  return line && name !== undefined ? { name, evidence: said(line) } : undefined
}

/** Two drop-ins that each set the command line: docker-machine's is the one that is kept. */
function secondOf(dropIn: UnitFile, unit: UnitFacts): DropInProblem | undefined {
  if (unit.execStarts.length < 2 || isDockerMachines(dropIn)) return undefined
  const others = unit.dropIns.filter(
    ({ path }) => path !== dropIn.path && unit.execStarts.some(({ file }) => file === path),
  )
  const keeper = others.find(isDockerMachines) ?? (isLast(dropIn, unit) ? undefined : others.at(-1))
  if (keeper === undefined) return undefined
  return { reason: 'second-exec-start', evidence: unit.execStarts.map(quoted) }
}

function isLast({ path }: UnitFile, { dropIns }: UnitFacts): boolean {
  return dropIns.at(-1)?.path === path
}
