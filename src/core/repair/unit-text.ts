import type { HostFacts } from '../examine/host/host-facts'
import type { HostFile } from '../examine/host/host-file'
import type { UnitFile } from '../examine/host/unit-facts'

/** A unit's file by its path; undefined where it was not seen whole, and may therefore not be written back. */
export function wholeUnitFile({ units }: HostFacts, path: string): UnitFile | undefined {
  return allUnitFiles(units).find((file) => file.path === path && file.isWhole)
}

/** A unit's file, or one that its command line reads variables from; undefined where it may not be written back. */
export function wholeFile(facts: HostFacts, path: string): HostFile | undefined {
  return wholeUnitFile(facts, path) ?? facts.environmentFiles.find((file) => file.path === path && file.isWhole)
}

/** Whether a package brings the file: the next upgrade would write over what is changed in it. */
export function isPackaged(path: string): boolean {
  return /^(\/usr)?\/lib\//.test(path)
}

/** A drop-in's text with an empty `ExecStart=` before the first one that is a command (systemd.service(5)). */
export function withReset(text: string): string {
  return text.replace(/^([ \t]*)ExecStart[ \t]*=[ \t]*(?=\S)/m, '$1ExecStart=\n$&')
}

/** A unit's text without some of its lines, counted from 1, each together with the lines that continue it. */
export function withoutLines(text: string, numbers: readonly number[]): string {
  const lines = text.split('\n')
  const gone = new Set<number>()
  for (const number of numbers) {
    let index = number - 1
    gone.add(index)
    while (lines[index]?.endsWith('\\') === true) gone.add(++index)
  }
  return lines.filter((_, index) => !gone.has(index)).join('\n')
}

/** A drop-in that replaces the unit's command line. */
export function dropInWith(command: string): string {
  return `[Service]\nExecStart=\nExecStart=${command}\n`
}

/** Short names of the engine's flags, by their long ones (moby, `cmd/dockerd`). */
const shortNames: Readonly<Record<string, string>> = {
  host: 'H',
  debug: 'D',
  'log-level': 'l',
  graph: 'g',
  'data-root': 'g',
  bridge: 'b',
  pidfile: 'p',
  group: 'G',
  'storage-driver': 's',
}

/** A text without a flag, in each way of writing it: `--host=V`, `--host V`, `-H V`, `-H=V`; a quoted V too. */
export function withoutFlag(text: string, flag: string, value: string): string {
  const short = shortNames[flag]
  const names = short === undefined ? [`--${literal(flag)}`] : [`--${literal(flag)}`, `-${short}`]
  const quoted = `(?:${literal(value)}|"${literal(value)}"|'${literal(value)}')`
  const withValue = `(?:=|[ \\t]+)${quoted}`
  const alone = value === 'true' ? `(?:${withValue})?` : withValue
  return text.replace(new RegExp(`[ \\t]*(?<![\\w-])(?:${names.join('|')})${alone}(?=[\\s"']|$)`, 'gm'), '')
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function allUnitFiles(units: HostFacts['units']): readonly UnitFile[] {
  return units.flatMap(({ fragment, dropIns }) => (fragment === undefined ? dropIns : [fragment, ...dropIns]))
}
