import type { HostFacts } from '../host-facts'
import { isEngine } from '../parse/parse-processes'
import { isRunning, serviceOf } from './seen'

/** How the engine runs, and how it would be started now. */
export interface OptionDifference {
  readonly running: readonly string[]
  readonly configured: readonly string[]
}

/** Undefined where both are the same, and where it cannot be told: variables may come from where nobody looked. */
export function optionDifference(facts: HostFacts): OptionDifference | undefined {
  const service = serviceOf(facts)
  const running = facts.processes.find((process) => process.pid === service?.mainPid && isEngine(process))?.words
  const configured = facts.commandLine.words
  if (service === undefined || running === undefined || configured === undefined || !isRunning(facts)) return undefined
  const files = [service.fragment, ...service.dropIns].flatMap((file) => file ?? [])
  const usesVariables = service.execStarts.some(({ command }) => command.includes('$'))
  const isHidden =
    files.some(({ text }) => /^\s*(Environment|PassEnvironment)\s*=/m.test(text)) || hasUnreadFile(files, facts)
  if (usesVariables && isHidden) return undefined
  return running.join('\n') === configured.join('\n') ? undefined : { running, configured }
}

function hasUnreadFile(files: readonly { readonly text: string }[], { environmentFiles }: HostFacts): boolean {
  const read = new Set(environmentFiles.map(({ path }) => path))
  const named = files.flatMap(({ text }) =>
    [...text.matchAll(/^\s*EnvironmentFile\s*=\s*-?(\S+)/gm)].map(([, path]) => path ?? ''),
  )
  return named.some((path) => !read.has(path))
}

/** Both as evidence. */
export function shownDifference({ running, configured }: OptionDifference): readonly string[] {
  return [`It runs as “${running.join(' ')}”.`, `It would be started as “${configured.join(' ')}”.`]
}
