import type { SwarmAgentLeftover } from '../../examine/host/diagnosis-details'
import { enumerate } from '../../text/count'
import { PlanBuilder, type StepSpec } from '../plan-builder'
import { rootCommand, rootScript } from '../host-command'
import { recreateCommand } from '../recreate-command'
import type { RepairSituation } from '../situation'
import { fixOf } from './fix'

/**
 * Stops and removes `swarm-agent` and `swarm-agent-master`, by ID and only where image and command are Swarm's own: their
 * names otherwise end the next provisioning with a 409. What made them is kept, so that they can be made again.
 */
export const leftoverSwarmAgent = fixOf('leftover-swarm-agent', ({ details }, situation) => {
  const removable = details.containers.filter(({ isSwarms, source }) => isSwarms && source === 'engine')
  if (removable.length === 0) return []
  const others = details.containers.filter((container) => !removable.includes(container))
  const builder = new PlanBuilder(situation, 'leftover-swarm-agent')
  const machine = situation.target?.machine
  const names = enumerate(removable.map(({ name }) => name))
  return [
    builder.plan({
      id: 'leftover-swarm-agent',
      title: `Stop and remove ${names}`,
      consequences: [
        `${names}: gone afterwards. As long as no agent runs, this host is missing in the classic Swarm that it was part of.`,
        ...others.map(
          ({ name, image }) => `${name} from ${image} is left alone: it is not Swarm’s, or the engine does not answer.`,
        ),
        'Volumes and images stay.',
        ...(machine === undefined
          ? []
          : [`After that the machine can be provisioned again: docker-machine provision ${machine.name}.`]),
      ],
      risk: 'medium',
      steps: removable.flatMap((container) => removeStep(container, situation)),
      undoNote:
        'The containers are made again from what is kept of them: with another ID, and without what changed inside.',
    }),
  ]
})

function removeStep({ id, name, image, state }: SwarmAgentLeftover, situation: RepairSituation): readonly StepSpec[] {
  const made = recreateCommand(situation.inspections?.get(id))
  const start = made?.wasRunning === true ? ' && docker start "$name"' : ''
  const remove: StepSpec = {
    id: `remove-${name}`,
    title: `Stop and remove ${name}, the container ${id.slice(0, 12)} from ${image}`,
    action: {
      ...rootScript('docker inspect "$1" >/dev/null 2>&1 || exit 0; docker stop "$1" && docker rm "$1"', id),
      deadlineMs: 60_000,
    },
    check: {
      title: `no container is called ${name}`,
      look: rootScript('! docker inspect "$1" >/dev/null 2>&1', name),
    },
    ...(made === undefined
      ? { noUndoReason: `What made ${name} (${state}) could not be read.` }
      : {
          undo: rootCommand(
            [
              '/bin/sh',
              '-c',
              `name=$1; shift; docker inspect "$name" >/dev/null 2>&1 || { "$@"${start}; }`,
              'sh',
              name,
              ...made.command,
            ],
            60_000,
          ),
        }),
  }
  return [remove]
}
