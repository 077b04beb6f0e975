import { SwarmNetworksError } from '../../../core/errors'
import { machineConsequences, refuseAction, type MachineAction } from '../../../core/machine/machine-action'
import type { Host } from '../../../core/model/host'
import type { MachineRecord } from '../../../core/model/target'
import { sshWay } from '../../../core/targets/ssh-way'
import { machineCommandLine, runMachine, type MachineOutcome } from '../../machine/run-machine'
import type { Command, CommandContext } from '../command'
import { examineHost } from '../examine-host'
import { chooseHost } from './choose-host'
import { notify } from './notify'

export interface MachineCommand {
  readonly id: string
  readonly action: MachineAction
  /** A verb, for the question's button, and the title of the palette's list. */
  readonly verb: string
}

type MachineHost = Host & { readonly machine: MachineRecord }

/** A command that has docker-machine do something with a machine of its store, after showing exactly what. */
export function machineCommand({ id, action, verb }: MachineCommand): Command {
  return {
    id,
    async run(context, subject) {
      const host = await chooseHost(context, subject, {
        options: { title: `docker-machine: ${verb}`, placeholder: 'Machine' },
        candidates: context.fleet.fleet.hosts.filter(
          ({ target }) => target?.machine !== undefined && refuseAction(action, target.machine) === undefined,
        ),
        none: 'No machine of docker-machine’s store is among the hosts that could do this.',
      })
      if (host !== undefined) await perform(context, { action, verb }, requireMachine(host, action))
    },
  }
}

function requireMachine(host: Host, action: MachineAction): MachineHost {
  const machine = host.target?.machine
  const problem =
    machine === undefined ? `${host.name} is not from docker-machine’s store` : refuseAction(action, machine)
  if (machine !== undefined && problem === undefined) return { ...host, machine }
  throw new SwarmNetworksError('unsupported', problem ?? '', { host: host.name })
}

async function perform(
  context: CommandContext,
  command: Pick<MachineCommand, 'action' | 'verb'>,
  host: MachineHost,
): Promise<void> {
  const { action, verb } = command
  const { machine, name } = host
  const line = machineCommandLine(context.settings.dockerMachinePath, action, machine)
  const isAgreed = await context.ui.confirm({
    message: `${verb} ${name}?`,
    detail: [...machineConsequences(action), '', `Runs on this machine: ${line}`].join('\n'),
    action: verb,
  })
  if (!isAgreed) return
  const outcome = await runMachine(context, action, machine)
  context.fleet.refresh(host.id)
  if (outcome.kind === 'done') notify(context, 'info', `docker-machine ${action} ${name}: done.`)
  if (outcome.kind === 'failed') await explain(context, { command, host, outcome })
}

/** Says what happened, and offers what helps; after it, the same command again. */
async function explain(
  context: CommandContext,
  failure: {
    readonly command: Pick<MachineCommand, 'action' | 'verb'>
    readonly host: MachineHost
    readonly outcome: Extract<MachineOutcome, { readonly kind: 'failed' }>
  },
): Promise<void> {
  const { command, host, outcome } = failure
  const { finding, why } = outcome
  const canExamine = finding?.isExamined === true && host.target !== undefined && sshWay(host.target) !== undefined
  const [examine, again] = ['Examine Host', 'Run Again']
  const message =
    finding === undefined
      ? `docker-machine ${command.action} ${host.name}: ${why}`
      : `docker-machine ${command.action} ${host.name}: ${finding.title}. ${finding.remedy}`
  const pressed = await context.ui.error(message, [...(canExamine ? [examine] : []), again])
  if (pressed === examine) await examineHost.run(context, { kind: 'host', hostId: host.id })
  if (pressed === again) await perform(context, command, host)
}
