import { SwarmNetworksError, describeError } from '../../../core/errors'
import type { HostSetting } from '../../../core/model/host-setting'
import type { EngineInfo } from '../../../core/model/engine'
import { targetFromSetting } from '../../../core/targets/target-from-setting'
import type { CommandContext } from '../command'
import { askHostSetting, type HostDraft } from './ask-host-setting'
import { notify } from './notify'

const saveAnyway = 'Save Anyway'
const edit = 'Edit'

/** Asks for a host, tries to connect to it, and saves it in the settings; asks again as long as the user wants. */
export async function addHostFrom(context: CommandContext, start: HostDraft): Promise<void> {
  let draft = start
  for (;;) {
    const answer = await askHostSetting(context, draft)
    if (answer === undefined) return
    const { setting } = answer
    const info = await tryToConnect(context, setting)
    if (!(info instanceof SwarmNetworksError)) {
      await context.settings.addHost(setting)
      notify(context, 'info', `${setting.name} was added: ${describeEngine(info)}.`)
      return
    }
    const question = `${setting.name} cannot be used yet. ${describeError(info)}`
    const pressed = await context.ui.error(question, [edit, saveAnyway])
    if (pressed === undefined) return
    if (pressed === saveAnyway) return context.settings.addHost(setting)
    draft = answer.draft
  }
}

/** @returns what the engine said, or why it could not be asked; being cancelled is thrown */
async function tryToConnect(context: CommandContext, setting: HostSetting): Promise<EngineInfo | SwarmNetworksError> {
  const reading = targetFromSetting(setting, context.settings.hosts().length)
  if (reading.target === undefined) return new SwarmNetworksError('invalid-input', reading.problem)
  const { target } = reading
  try {
    return await context.ui.progress(`Connecting to ${setting.name}`, async (_reporter, signal) => {
      const client = await context.connector.connect(target, signal)
      try {
        return await client.system.info(signal)
      } finally {
        client.close()
      }
    })
  } catch (error) {
    if (SwarmNetworksError.is(error) && error.code !== 'cancelled') return error
    throw error
  }
}

function describeEngine({ hostName, version, swarm }: EngineInfo): string {
  const role =
    swarm.state === 'active' ? `, ${swarm.isManager ? 'a manager' : 'a worker'} of a swarm` : ', not in a swarm'
  return `${hostName}, engine ${version}${role}`
}
