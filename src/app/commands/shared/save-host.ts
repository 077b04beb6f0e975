import { connectionOutcome, stepLines } from '../../../core/connection-step'
import { SwarmNetworksError, describeError } from '../../../core/errors'
import type { EngineInfo } from '../../../core/model/engine'
import type { HostSetting } from '../../../core/model/host-setting'
import type { Endpoint } from '../../../core/model/target'
import type { Ui } from '../../ui'
import type { CommandContext } from '../command'
import { askHostSetting, type HostDraft } from './ask-host-setting'
import { notify } from './notify'

const actions = { edit: 'Correct…', again: 'Try Again', save: 'Save Anyway' } as const

/** What becomes of an entry of the settings that was asked for and tried. */
export interface HostForm {
  readonly title: string
  /** What the fields hold at first. */
  readonly start: HostDraft
  /** Names that are taken. */
  readonly taken: readonly string[]
  save(setting: HostSetting): Promise<void>
  /** Begins the message that says what was found: `tolkewitz was added`. */
  saved(name: string): string
}

/** Asks for a new host, tries to connect to it, and saves it in the settings; asks again as long as the user wants. */
export async function addHostFrom(context: CommandContext, start: HostDraft): Promise<void> {
  const { settings } = context
  await fillHostForm(context, {
    title: 'Add Host',
    start,
    taken: settings.hosts().map(({ name }) => name),
    save: (setting) => settings.addHost(setting),
    saved: (name) => `${name} was added`,
  })
}

/** Asks for what an entry of the settings holds, tries to connect, and says step by step what failed before it saves. */
export async function fillHostForm(context: CommandContext, form: HostForm): Promise<void> {
  let draft: HostDraft | undefined
  for (;;) {
    const questions = { ...form, start: draft ?? form.start }
    const ask = (ui: Ui) => askHostSetting(ui, questions)
    // The first time one may also go back to what the command asked before, for instance which host it is about.
    const answer = await (draft === undefined ? ask(context.ui) : context.ui.form(ask))
    if (answer === undefined) return
    const { setting } = answer
    const pressed = await tryUntilDecided(context, setting, form)
    if (pressed === actions.save) await form.save(setting)
    if (pressed !== actions.edit) return
    draft = answer.draft
  }
}

/** Saves an entry that works; otherwise gives what the user wants with one that does not. */
async function tryUntilDecided(
  context: CommandContext,
  setting: HostSetting,
  form: HostForm,
): Promise<string | undefined> {
  for (;;) {
    const outcome = await tryToConnect(context, setting)
    if ('info' in outcome) {
      await form.save(setting)
      notify(context, 'info', `${form.saved(setting.name)}: ${describeEngine(outcome.info)}.`)
      return undefined
    }
    const pressed = await context.ui.choose({
      message: `${setting.name} cannot be used yet`,
      detail: describeFailure(outcome),
      actions: Object.values(actions),
    })
    if (pressed !== actions.again) return pressed
  }
}

interface FailedTry {
  readonly error: SwarmNetworksError
  /** Absent where the entry itself cannot be used. */
  readonly endpoint?: Endpoint
}

/** Being cancelled is thrown. */
async function tryToConnect(
  context: CommandContext,
  setting: HostSetting,
): Promise<{ readonly info: EngineInfo } | FailedTry> {
  const { target, problem } = context.targetOf(setting)
  if (target === undefined) return { error: new SwarmNetworksError('invalid-input', problem) }
  try {
    const info = await context.ui.progress(`Connecting to ${setting.name}`, async (_reporter, signal) => {
      const client = await context.connector.connect(target, signal)
      try {
        return await client.system.info(signal)
      } finally {
        client.close()
      }
    })
    return { info }
  } catch (error) {
    if (SwarmNetworksError.is(error) && error.code !== 'cancelled') return { error, endpoint: target.endpoint }
    throw error
  }
}

/** The steps as far as they are known, and what the one that failed says, with what to do. */
function describeFailure({ error, endpoint }: FailedTry): string {
  const steps = endpoint === undefined ? [] : stepLines(connectionOutcome(endpoint, error.step))
  return [...(steps.length > 0 ? [steps.join('\n')] : []), describeError(error)].join('\n\n')
}

function describeEngine({ hostName, version, swarm }: EngineInfo): string {
  return `${hostName}, engine ${version}${describeRole(swarm)}`
}

function describeRole({ state, isManager }: EngineInfo['swarm']): string {
  if (state === 'unknown') return ''
  return state === 'active' ? `, ${isManager ? 'a manager' : 'a worker'} of a swarm` : ', not in a swarm'
}
