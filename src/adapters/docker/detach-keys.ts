const defaultKeys = 'ctrl-p,ctrl-q'

/**
 * What a client sends for a detach sequence in the engine's notation: single characters, `ctrl-` with one of
 * `@a-z[\]^_`, and `DEL`, separated by commas (moby/term, ascii.go). Empty keys mean the engine's default. A key that
 * the engine would refuse becomes nothing: the engine says so before anything is typed.
 */
export function detachSequence(keys: string): string {
  return (keys === '' ? defaultKeys : keys).split(',').map(characterOf).join('')
}

function characterOf(key: string): string {
  if (key === 'DEL') return '\u007f'
  const control = /^ctrl-([@a-z[\\\]^_])$/.exec(key)?.[1]
  if (control === undefined) return key.length === 1 ? key : ''
  // A control character is its letter's code without the upper bits (ECMA-48).
  return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f)
}
