import { SwarmNetworksError } from '../../../core/errors'
import { agentsInTheWay } from '../../../core/machine/agents-in-the-way'
import { machineConsequences, refuseAction, type MachineAction } from '../../../core/machine/machine-action'
import type { MachineFinding } from '../../../core/machine/machine-failures'
import type { Host } from '../../../core/model/host'
import type { MachineRecord } from '../../../core/model/target'
import { quorumWithout } from '../../../core/repair/roll-out/manager-gate'
import { sshWay } from '../../../core/targets/ssh-way'
import { examineHost } from '../../examine-host'
import { machineCommandLine, runMachine } from '../../machine/run-machine'
import type { Command, CommandContext } from '../command'
import { chooseHost } from './choose-host'
import { examineOne } from './examine-one'
import { notify } from './notify'
import { repairFinding } from './repair-finding'

export interface MachineCommand {
  readonly id: string
  readonly action: MachineAction
}

/** For the question's button, and the title of the palette's list. */
const verbs: Readonly<Record<MachineAction, string>> = {
  provision: 'Provision',
  'regenerate-certs': 'Regenerate Certificates',
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  upgrade: 'Upgrade',
}

export type MachineHost = Host & { readonly machine: MachineRecord }

/** A command that has docker-machine do something with a machine of its store, after showing exactly what. */
export function machineCommand({ id, action }: MachineCommand): Command {
  return {
    id,
    async run(context, subject) {
      const host = await chooseHost(context, subject, {
        options: { title: `docker-machine: ${verbs[action]}`, placeholder: 'Machine' },
        candidates: context.fleet.fleet.hosts.filter((candidate) => machineHost(candidate, action) !== undefined),
        none: 'No machine of docker-machine’s store is among the hosts that could do this.',
      })
      if (host !== undefined) await performMachine(context, action, requireMachine(host, action))
    },
  }
}

/** A host as a machine of the store with which docker-machine can do this; undefined where it is none. */
export function machineHost(host: Host, action: MachineAction | undefined): MachineHost | undefined {
  const machine = host.target?.machine
  if (machine === undefined || (action !== undefined && refuseAction(action, machine) !== undefined)) return undefined
  return { ...host, machine }
}

/** @throws `unsupported` for a host of another source, and where the machine's driver cannot do this */
export function requireMachine(host: Host, action: MachineAction): MachineHost {
  const machine = host.target?.machine
  const problem =
    machine === undefined ? `${host.name} is not from docker-machine’s store` : refuseAction(action, machine)
  if (machine !== undefined && problem === undefined) return { ...host, machine }
  throw new SwarmNetworksError('unsupported', problem ?? '', { host: host.name })
}

/**
 * Asks, runs docker-machine in a terminal, and explains a failure. One that failed is remembered until it was done: as a
 * finding, and to be offered again after what stood in its way was repaired.
 */
export async function performMachine(context: CommandContext, action: MachineAction, host: MachineHost): Promise<void> {
  const { machine, name } = host
  const line = machineCommandLine(context.settings.dockerMachinePath, action, machine)
  const effects = machineConsequences(action, quorumWithout(context.fleet.fleet, host))
  const isAgreed = await context.ui.confirm({
    message: `${verbs[action]} ${name}?`,
    detail: [...effects, '', `Runs on this machine: ${line}`].join('\n'),
    action: verbs[action],
  })
  if (!isAgreed) return
  const outcome = await runMachine(context, action, machine)
  context.fleet.refresh(host.id)
  if (outcome.kind === 'done') {
    context.machineRuns.forget(host.id)
    notify(context, 'info', `docker-machine ${action} ${name}: done.`)
  }
  if (outcome.kind !== 'failed') return
  const finding = outcome.finding ?? unknownFailure(outcome.why)
  context.machineRuns.set(host.id, { action, finding, at: context.clock.now() })
  await explain(context, { action, host, finding })
}

/** What it said stands in the terminal, and is nothing that is known. */
function unknownFailure(why: string): MachineFinding {
  return {
    cause: 'machine-failed',
    title: why,
    remedy: 'Its terminal shows what it said.',
    evidence: [],
    severity: 'error',
    isExamined: false,
  }
}

interface MachineFailure {
  readonly action: MachineAction
  readonly host: MachineHost
  readonly finding: MachineFinding
}

/** Says what happened, and offers what helps; after it, the same command again. */
async function explain(context: CommandContext, failure: MachineFailure): Promise<void> {
  const { action, host, finding } = failure
  const isOpen = finding.isExamined && host.target !== undefined && sshWay(host.target) !== undefined
  const [remove, examine, again] = ['Remove Agents…', 'Examine Host', 'Run Again']
  const isConflict = finding.cause === 'machine-swarm-agent-conflict'
  const message =
    finding.cause === 'machine-failed'
      ? `docker-machine ${action} ${host.name}: ${finding.title}`
      : `docker-machine ${action} ${host.name}: ${finding.title}. ${finding.remedy}`
  const offers = [...(isOpen && isConflict ? [remove] : []), ...(isOpen ? [examine] : []), again]
  const pressed = await context.ui.error(message, offers)
  if (pressed === remove) await removeAgents(context, action, host)
  if (pressed === examine) await examineOne(context, host)
  if (pressed === again) await performMachine(context, action, host)
}

/**
 * Removes the containers whose names provisioning needs. An examination would not name them where they are at work, as they
 * are on a machine that is provisioned once more.
 */
export async function removeAgents(context: CommandContext, action: MachineAction, host: MachineHost): Promise<void> {
  const examination = await context.ui.progress(`Examining ${host.name}`, (_reporter, signal) =>
    examineHost(context, host, { signal, mayAsk: true }),
  )
  context.examinations.set(examination)
  const finding = agentsInTheWay(examination.facts)
  if (finding !== undefined && (await repairFinding(context, { host, examination, finding })) !== 'done') return
  await performMachine(context, action, host)
}
