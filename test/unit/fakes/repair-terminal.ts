import type { Command } from '../../../src/app/commands/command'
import type { NodeSubject } from '../../../src/app/tree/tree-node'
import type { CommandWorld } from './command-world'
import { settle } from './fake-clock'

/**
 * Runs a command that repairs, opening the terminal of its repair as the editor does.
 *
 * @returns what the terminal showed, without colours; empty where no repair was run
 */
export async function runWithRepair(world: CommandWorld, command: Command, subject?: NodeSubject): Promise<string> {
  const running = world.run(command, subject)
  const shown = showTerminal(world)
  await running
  return shown
}

async function showTerminal(world: CommandWorld): Promise<string> {
  for (let turn = 0; turn < 20 && world.ui.terminals.length === 0; turn++) await settle()
  const session = await world.ui.terminals[0]?.open({ columns: 80, rows: 24 }, new AbortController().signal)
  if (session === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of session.output) text += decoder.decode(chunk, { stream: true })
  // eslint-disable-next-line no-control-regex -- colours are control characters
  return text.replaceAll(/\u001B\[[\d;]*m/g, '')
}
