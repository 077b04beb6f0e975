import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostCommand, HostCommandResult } from '../../../src/core/ports/host-shell'

const folder = join(import.meta.dirname, '../../fixtures/examine')
const read = (name: string) => readFileSync(join(folder, `${name}.txt`), 'utf8')

/** Answers both looks at a host as a real one did; what a recording does not have ends at once. */
export function recordedHost(
  name: string,
  { hasSecond = false } = {},
): (command: HostCommand) => Partial<HostCommandResult> {
  let looks = 0
  return ({ command }) => {
    const nonce = command.find((word) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(word))
    if (nonce === undefined) return {}
    looks += 1
    const isFirst = looks % 2 === 1
    const output = isFirst ? read(`${name}.first`) : hasSecond ? read(`${name}.second`) : '\n@N0NCE end\n'
    return { stdout: output.replaceAll('@N0NCE ', `@${nonce} `) }
  }
}
