import type { HostFacts } from '../examine/host/host-facts'
import { reloadSystemd, type PlanBuilder, type StepSpec } from './plan-builder'
import { dropInWith, isPackaged, wholeFile, withoutFlag } from './unit-text'

/** A flag to be taken off the engine’s command line, in each of its values. */
export interface SurplusFlag {
  readonly flag: string
  readonly values: readonly string[]
}

const overrideFile = '/etc/systemd/system/docker.service.d/swarm-networks.conf'

/**
 * Takes flags off the command line in one file. A file that was seen whole gets a new text; of one with variables only some
 * lines were seen, so that it is changed where it lies; a package’s unit is not written to, and a drop-in gives its
 * command line without the flags.
 *
 * @returns undefined where nothing can be taken out there
 */
export function withoutFlags(
  path: string,
  flags: readonly SurplusFlag[],
  facts: HostFacts,
): ((builder: PlanBuilder) => readonly StepSpec[]) | undefined {
  const strip = (text: string): string =>
    flags.reduce((all, { flag, values }) => values.reduce((rest, value) => withoutFlag(rest, flag, value), all), text)
  const shown = flags.flatMap(({ flag, values }) => values.map((value) => `--${flag}=${value}`)).join(' ')
  const title = `Take ${shown} out of ${path}`
  if (isPackaged(path)) return override(strip, facts)
  const text = wholeFile(facts, path)?.text
  if (text !== undefined) {
    const right = strip(text)
    return right === text
      ? undefined
      : (builder) => [builder.rewrite({ id: 'flags', title, path, text: right }), reloadSystemd]
  }
  const seen = facts.environmentFiles.find((file) => file.path === path)?.text
  const lines = (seen ?? '').split('\n').flatMap((line) => (strip(line) === line ? [] : [[line, strip(line)] as const]))
  if (lines.length === 0) return undefined
  return (builder) => [builder.replaceLines({ id: 'flags', title, path, lines }), reloadSystemd]
}

function override(
  strip: (text: string) => string,
  facts: HostFacts,
): ((builder: PlanBuilder) => readonly StepSpec[]) | undefined {
  const service = facts.units.find(({ name }) => name === 'docker.service')
  const [start, ...others] = service?.execStarts ?? []
  if (start === undefined || others.length > 0 || strip(start.command) === start.command) return undefined
  return (builder) => overrideSteps(builder, strip(start.command), 'without the flags')
}

/** A drop-in that gives a package’s unit another command line. */
export function overrideSteps(builder: PlanBuilder, command: string, how: string): readonly StepSpec[] {
  const title = `Write the drop-in ${overrideFile} with the unit's command line, ${how}`
  return [builder.create({ id: 'override', title, path: overrideFile, text: dropInWith(command) }), reloadSystemd]
}
