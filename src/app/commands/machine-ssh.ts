import { SwarmNetworksError } from '../../core/errors'
import { machineSshArguments, refuseSsh } from '../../core/machine/machine-action'
import type { LocalProgram } from '../../core/ports/local-programs'
import { explainMissing } from '../machine/run-machine'
import type { Command, CommandContext } from './command'
import { chooseHost } from './shared/choose-host'
import { machineHost } from './shared/machine-command'

/**
 * `docker-machine ssh`: a login on a machine of its store by docker-machine's own way and keys. Open SSH Terminal needs
 * neither the program nor `ssh`; this is for who wants to see what docker-machine sees.
 */
export const machineSsh: Command = {
  id: 'swarmNetworks.machineSsh',
  async run(context, subject) {
    const host = await chooseHost(context, subject, {
      options: { title: 'docker-machine: SSH', placeholder: 'Machine' },
      candidates: context.fleet.fleet.hosts.filter((candidate) => {
        const known = machineHost(candidate, undefined)
        return known !== undefined && refuseSsh(known.machine) === undefined
      }),
      none: 'No machine of docker-machine’s store is among the hosts.',
    })
    if (host === undefined) return
    const machine = host.target?.machine
    const problem = machine === undefined ? `${host.name} is not from docker-machine’s store` : refuseSsh(machine)
    if (machine === undefined || problem !== undefined)
      throw new SwarmNetworksError('unsupported', problem ?? '', { host: host.name })
    const program = context.settings.dockerMachinePath
    await requireProgram(context, { program, args: ['--version'] })
    context.ui.openProgram({
      title: `docker-machine ssh: ${machine.name}`,
      icon: 'vm',
      program,
      args: machineSshArguments(machine),
    })
  },
}

/** The editor's own words about a program that is not there would not say what to do. */
async function requireProgram({ programs }: CommandContext, version: LocalProgram): Promise<void> {
  try {
    const running = await programs.start(version)
    running.stop()
  } catch (error) {
    if (!SwarmNetworksError.is(error)) throw error
    throw explainMissing(error)
  }
}
