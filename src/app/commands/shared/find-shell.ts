import { SwarmNetworksError } from '../../../core/errors'
import { parseWords } from '../../../core/forms/command-line'
import { enumerate } from '../../../core/text/count'
import type { ChosenContainer } from './choose-container'
import { nameOf } from './choose-container'

/** What a shell answers with that cannot be started: not executable, not found (POSIX.1-2017, Shell, 2.8.2). */
const missing = [126, 127]
const deadlineMs = 10_000

/**
 * The first of `shells` that the container has. Each is asked to do nothing: an engine accepts any command, and only the
 * exit status tells that there is none.
 *
 * @param shells command lines, in the order of preference
 * @throws `unsupported` when there is none of them, `invalid-input` when the list is empty
 */
export async function findShell(
  chosen: ChosenContainer,
  shells: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const candidates = shells.flatMap((line) => {
    const words = parseWords(line)
    return words.isValid && words.value.length > 0 ? [words.value] : []
  })
  for (const candidate of candidates) if (await isThere(chosen, candidate, signal)) return candidate
  if (candidates.length === 0)
    throw new SwarmNetworksError('invalid-input', 'The setting swarmNetworks.terminal.shells names no shell', {
      remedy: 'Name at least one, for instance sh.',
    })
  throw new SwarmNetworksError('unsupported', `The image of ${nameOf(chosen)} has no shell`, {
    remedy: `Tried ${enumerate(candidates.map(([program = '']) => program))}. Its log and its connections can be looked at without one.`,
  })
}

async function isThere(
  { client, container }: ChosenContainer,
  [program = '']: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const { exitCode } = await client.containers.exec(
    container.id,
    { command: [program, '-c', 'exit 0'], deadlineMs },
    signal,
  )
  return !missing.includes(exitCode)
}
