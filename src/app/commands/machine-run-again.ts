import { SwarmNetworksError } from '../../core/errors'
import type { Command } from './command'
import { chooseHost } from './shared/choose-host'
import { performMachine, requireMachine } from './shared/machine-command'

/** Runs the command of docker-machine again that failed last for a machine. */
export const machineRunAgain: Command = {
  id: 'swarmNetworks.machineRunAgain',
  async run(context, subject) {
    const clicked = subject?.kind === 'host-finding' ? ({ kind: 'host', hostId: subject.hostId } as const) : subject
    const host = await chooseHost(context, clicked, {
      options: { title: 'docker-machine: Run Again', placeholder: 'Machine' },
      candidates: context.fleet.fleet.hosts.filter(({ id }) => context.machineRuns.failed(id) !== undefined),
      none: 'No command of docker-machine has failed.',
    })
    if (host === undefined) return
    const run = context.machineRuns.failed(host.id)
    if (run === undefined)
      throw new SwarmNetworksError('not-found', `No command of docker-machine has failed for ${host.name}`, {
        host: host.name,
      })
    await performMachine(context, run.action, requireMachine(host, run.action))
  },
}
