import { findContainer } from '../fleet-lookup'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { nameOf, type ChosenContainer } from './shared/choose-container'
import { chooseFinding } from './shared/choose-finding'
import { fixTargets } from './shared/choose-fix-target'
import { requireNetwork } from './shared/choose-network'
import { startOrUnpause } from './shared/start-or-unpause'
import { testAgain } from './shared/test-network'
import { untilKnown } from './shared/until'

/** The fix for a target that does not run: starts it, or lets a paused one go on, and offers to test again. */
export const startTarget: Command = {
  id: 'swarmNetworks.startTarget',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'start-target',
      title: 'Start the Stopped Container',
      none: 'No connectivity test has found a container that does not run.',
    })
    if (chosen === undefined) return
    const targets = fixTargets(context, chosen)
    for (const target of targets) await start(context, target)
    const names = targets.map(nameOf).join(', ')
    const action = 'Test Again'
    const pressed = await context.ui.info(`${names} ${targets.length === 1 ? 'was' : 'were'} started.`, [action])
    if (pressed === action) await testAgain(context, await requireNetwork(context, chosen.networkKey), chosen.run)
  },
}

async function start(context: CommandContext, target: ChosenContainer): Promise<void> {
  const { host, container, client } = target
  const isPaused = container.state === 'paused'
  await context.ui.progress(`${isPaused ? 'Unpausing' : 'Starting'} ${nameOf(target)}`, (_reporter, signal) =>
    atHost(host, () => startOrUnpause(client.containers, container, signal)),
  )
  context.log.info(`${host.name}: ${isPaused ? 'unpaused' : 'started'} container ${container.name} (${container.id})`)
  // It gets a new address; a test before the fleet knows it would test the old one.
  await untilKnown(context, () => {
    const now = findContainer(context.fleet.fleet, host.id, container.id)
    return now?.container.state === 'running' ? now : undefined
  })
}
