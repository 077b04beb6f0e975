import type { ContainerState } from '../../core/model/container'
import type { Command } from './command'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, type ChosenContainer } from './shared/choose-container'

/** Removes a container after saying exactly what goes with it; its volumes stay. */
export const removeContainer: Command = {
  id: 'swarmNetworks.removeContainer',
  async run(context, subject) {
    const chosen = await chooseContainer(context, subject, {
      title: 'Remove Container',
      none: 'There is no container on any host that can be reached.',
      refuse: ({ container, host }) =>
        container.state === 'removing' ? `${nameOf({ host, container })} is being removed already` : undefined,
    })
    if (chosen === undefined) return
    const { host, container, client } = chosen
    const isConfirmed = await context.ui.confirm({
      message: `Remove the container ${container.name} from ${host.name}?`,
      detail: explain(chosen),
      action: 'Remove',
    })
    if (!isConfirmed) return
    // Without force the engine refuses if somebody started it since the question was asked.
    const force = isAlive(container.state)
    await context.ui.progress(`Removing ${nameOf(chosen)}`, (_reporter, signal) =>
      atHost(host, () => client.containers.remove(container.id, { force }, signal)),
    )
    context.log.info(`${host.name}: removed container ${container.name} (${container.id})`)
  },
}

function isAlive(state: ContainerState): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting'
}

/** Exactly what will happen, one sentence a line. */
function explain({ host, container }: ChosenContainer): string {
  return [
    `${container.name} (${container.id.slice(0, 12)}) at ${host.name}, image ${container.image}, ${container.state}.`,
    isAlive(container.state)
      ? 'It is killed at once, without time to end by itself, and removed with everything written inside it.'
      : 'It is removed with everything written inside it.',
    'Its volumes stay, anonymous ones too.',
    ...(container.task === undefined
      ? []
      : [`It is a task of the service ${container.task.serviceName}: the swarm starts another in its place.`]),
  ].join('\n')
}
