/** The engine's notation of keys for a person: `ctrl-p,ctrl-q` is Ctrl+P, Ctrl+Q. */
export function formatDetachKeys(keys: string): string {
  return keys
    .split(',')
    .map((key) => key.replace(/^ctrl-(.)$/i, (_all, letter: string) => `Ctrl+${letter.toUpperCase()}`))
    .join(', ')
}
