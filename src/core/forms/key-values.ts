import { parseWords } from './command-line'
import { invalid, valid, type Parsed } from './parsed'

/** What a list of `KEY=VALUE` is for: it decides which keys are allowed and what an entry without `=` means. */
export interface KeyRules {
  /** For the messages: `label` or `variable`. */
  readonly noun: string
  /** What is wrong with a key; undefined where it is fine. */
  checkKey(key: string): string | undefined
}

/** The `Config.Labels` of the engine take any text; blanks and control characters are typing mistakes. */
export const labelRules: KeyRules = {
  noun: 'label',
  checkKey: (key) =>
    key === 'com.docker.swarm.internal' ? 'The label com.docker.swarm.internal is the swarm’s own.' : undefined,
}

/** The names that every shell can read (IEEE Std 1003.1, 8.1), dots and dashes besides: some programs use them. */
export const environmentRules: KeyRules = {
  noun: 'variable',
  checkKey: (key) =>
    /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key)
      ? undefined
      : `"${key}" is no name for a variable: letters, digits and underscores, not a digit first.`,
}

/**
 * Reads `KEY=VALUE KEY="two words"`: entries separated by blanks, quotes around what has blanks. A key alone means an
 * empty value for labels, as `docker --label` has it, and is refused for variables, where the docker CLI would take the
 * value from its own environment.
 */
export function parseKeyValues(text: string, rules: KeyRules): Parsed<Readonly<Record<string, string>>> {
  const words = parseWords(text)
  return words.isValid ? readKeyValues(words.value, rules) : words
}

/** As `parseKeyValues`, for entries that are apart already, as a command line's are. */
export function readKeyValues(words: readonly string[], rules: KeyRules): Parsed<Readonly<Record<string, string>>> {
  const entries: Record<string, string> = {}
  for (const word of words) {
    const at = word.indexOf('=')
    const key = at < 0 ? word : word.slice(0, at)
    if (key === '') return invalid(`"${word}" has no name before the equals sign.`)
    if (at < 0 && rules.noun === 'variable') return invalid(`"${word}" has no value: write ${word}=VALUE.`)
    const problem = rules.checkKey(key)
    if (problem !== undefined) return invalid(problem)
    if (Object.hasOwn(entries, key)) return invalid(`The ${rules.noun} ${key} is given twice.`)
    entries[key] = at < 0 ? '' : word.slice(at + 1)
  }
  return valid(entries)
}
