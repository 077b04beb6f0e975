import { ProgressLocation, l10n, window } from 'vscode'
import type { Command, CommandContext } from '../app/commands/command'
import type { FleetAccess } from '../app/fleet-access'
import { settledWithin } from '../app/settled-within'
import type { NodeSubject } from '../app/tree/tree-node'
import { withWayBack } from '../app/way-back'
import { SwarmNetworksError, describeError } from '../core/errors'
import { quickInputs } from './quick-input'
import type { EditorUi } from './ui'

/** Who has not answered by then joins in later, as always. */
const settleMs = 3000

export type ShellContext = Omit<CommandContext, 'ui'> & { readonly ui: EditorUi }

/** What a command is run on. */
export interface Subjects {
  readonly clicked?: NodeSubject | undefined
  /** All that was selected when something of it was clicked. */
  readonly selected?: readonly NodeSubject[]
}

/**
 * Runs a command and tells the user what it throws, here and nowhere else: in the log, and in a notification. A command
 * that was cancelled has nothing to tell.
 *
 * @param subjectsOf what was clicked; throws where that is gone by now
 */
export async function runCommand(command: Command, context: ShellContext, subjectsOf: () => Subjects): Promise<void> {
  try {
    await ready(context.fleet)
    const { clicked, selected } = subjectsOf()
    await withWayBack(context.ui, quickInputs, (ui) => command.run({ ...context, ui }, clicked, selected))
  } catch (error) {
    if (SwarmNetworksError.is(error, 'cancelled')) return
    context.log.error(`${command.id}: ${forLog(error)}`)
    // What the user gave cannot be used: the message says all, and the log knows no more.
    const actions = SwarmNetworksError.is(error, 'invalid-input') ? [] : [l10n.t('Show Log')]
    const pressed = await context.ui.error(describeError(error), actions)
    if (pressed !== undefined) context.ui.showLog()
  }
}

/** A command that is the first to look at hosts would find none, and say so. */
async function ready(fleet: FleetAccess): Promise<void> {
  if (fleet.isStarted) return
  const progress = { location: ProgressLocation.Window, title: l10n.t('Connecting to the hosts') }
  await window.withProgress(progress, () => settledWithin(fleet, settleMs))
}

/** An error that is not ours is a defect: its stack is what we need. */
function forLog(error: unknown): string {
  if (SwarmNetworksError.is(error) || !(error instanceof Error)) return describeError(error)
  return error.stack ?? error.message
}
