import type { ContainerState } from '../../../core/model/container'
import type { ContainerClient } from '../../../core/ports/engine'
import type { Command } from '../command'
import { atHost } from './at-host'
import { chooseContainer, nameOf, type ChosenContainer } from './choose-container'
import { startOrUnpause } from './start-or-unpause'

/** What start, stop and restart differ in. */
export interface ContainerChange {
  readonly id: string
  readonly action: 'start' | 'stop' | 'restart'
  /** In the palette's list and for a refusal. */
  readonly states: readonly ContainerState[]
  /** `Start`, and `Starting web at tolkewitz`. */
  readonly words: readonly [verb: string, gerund: string]
}

/** A command that changes the state of one container. */
export function containerChange({ id, action, states, words }: ContainerChange): Command {
  const [verb, gerund] = words
  return {
    id,
    async run(context, subject) {
      const chosen = await chooseContainer(context, subject, {
        title: `${verb} Container`,
        none: `There is no container that could be ${participles[action]} on any host that can be reached.`,
        refuse: ({ host, container }) =>
          states.includes(container.state)
            ? undefined
            : `The container ${nameOf({ host, container })} cannot be ${participles[action]}: it is ${container.state}`,
      })
      if (chosen === undefined) return
      await context.ui.progress(`${gerund} ${nameOf(chosen)}`, (_reporter, signal) =>
        changeState(chosen, (containers) =>
          action === 'start'
            ? startOrUnpause(containers, chosen.container, signal)
            : containers[action](chosen.container.id, signal),
        ),
      )
      context.log.info(
        `${chosen.host.name}: ${participles[action]} container ${chosen.container.name} (${chosen.container.id})`,
      )
    },
  }
}

const participles = { start: 'started', stop: 'stopped', restart: 'restarted' } as const

function changeState(chosen: ChosenContainer, change: (containers: ContainerClient) => Promise<void>): Promise<void> {
  return atHost(chosen.host, () => change(chosen.client.containers))
}
