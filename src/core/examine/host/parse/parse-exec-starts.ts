import type { ExecStart } from '../unit-facts'

/**
 * Every `ExecStart=` of a unit file, with its lines joined where they end in a backslash. Comments between them are
 * skipped, as systemd does (systemd.syntax(7)).
 */
export function parseExecStarts(file: string, text: string): readonly ExecStart[] {
  const found: ExecStart[] = []
  let current: { line: number; text: string } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (/^[#;]/.test(line) || (line === '' && current === undefined)) continue
    current ??= { line: index + 1, text: '' }
    if (line.endsWith('\\')) {
      current.text += `${line.slice(0, -1).trimEnd()} `
      continue
    }
    const command = /^ExecStart\s*=\s*(.*)$/.exec(current.text + line)?.[1]
    if (command !== undefined) found.push({ file, line: current.line, command: command.trim() })
    current = undefined
  }
  return found
}

/** The command lines that are in force: an empty one takes back all before it. */
export function inForce(files: readonly { readonly execStarts: readonly ExecStart[] }[]): readonly ExecStart[] {
  return files
    .flatMap(({ execStarts }) => execStarts)
    .reduce<readonly ExecStart[]>((all, next) => (next.command === '' ? [] : [...all, next]), [])
}
