import { SwarmNetworksError } from '../../core/errors'
import { refuseAction } from '../../core/machine/machine-action'
import { describeRebuild, summarizeRebuild } from '../../core/machine/rebuild/describe-rebuild'
import { inRebuildOrder, isSameSwarm, leftOf } from '../../core/machine/rebuild/rebuild-order'
import type { Host } from '../../core/model/host'
import { count } from '../../core/text/count'
import { prepareRemoval } from '../machine/prepare-removal'
import type { RebuildEntry } from '../machine/rebuild-runner'
import { machineCommandLine } from '../machine/run-machine'
import { runRebuild } from '../machine/run-rebuild'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseHost } from './shared/choose-host'
import type { MachineHost } from './shared/machine-command'
import { notify } from './shared/notify'

/**
 * Provisions the machines of a classic Swarm anew, masters first: on each the agents that are in the way are removed, then
 * docker-machine runs. Stops at the first that fails, and goes on there when it is run again.
 */
export const rebuildClassicSwarm: Command = {
  id: 'swarmNetworks.rebuildClassicSwarm',
  async run(context, subject, selected = []) {
    const members = await chooseSwarm(context, subject, selected)
    if (members === undefined) return
    const unfinished = leftOf(
      context.rebuilds.read(),
      members.map(({ machine }) => machine),
    )
    const before = unfinished === undefined ? [] : await chooseResume(context, unfinished)
    if (before === undefined) return
    const chosen = await pickMachines(context, members, before)
    const [first] = chosen ?? []
    if (chosen === undefined || first === undefined) return
    const entries = await planAll(context, chosen)
    if (!(await confirmRebuild(context, entries))) return
    const outcomes = await runRebuild(context, { entries, store: first.machine.store, before })
    for (const { host } of entries) context.fleet.refresh(host.id)
    const done = outcomes.filter((outcome) => outcome === 'done').length
    const text = `${done} of ${count(entries.length, 'machine')} ${done === 1 ? 'is' : 'are'} provisioned.`
    if (done === entries.length) notify(context, 'info', text)
    else notify(context, 'warn', `${text} Rebuild Classic Swarm… goes on where it stopped.`)
  },
}

/** The machines of the swarm of the one that was clicked, or only those that were selected with it. */
async function chooseSwarm(
  context: CommandContext,
  subject: NodeSubject | undefined,
  selected: readonly NodeSubject[],
): Promise<readonly MachineHost[] | undefined> {
  const all = swarmMachines(context)
  const host = await chooseHost(context, subject, {
    options: { title: 'Rebuild Classic Swarm', placeholder: 'A machine of it' },
    candidates: all,
    none: 'No machine of docker-machine’s store was made as part of a classic Swarm.',
  })
  if (host === undefined) return undefined
  const machine = host.target?.machine
  if (machine?.swarm === undefined)
    throw new SwarmNetworksError('unsupported', `${host.name} was not made as part of a classic Swarm`, {
      host: host.name,
      remedy: 'Provision… provisions it alone.',
    })
  const members = all.filter((member) => isSameSwarm(member.machine, machine))
  const ids = new Set(selected.flatMap((one) => (one.kind === 'host' ? [one.hostId] : [])))
  return inRebuildOrder(ids.size > 1 ? members.filter(({ id }) => ids.has(id)) : members)
}

/** Each machine once: the entry of a manager's own API is the same machine as that of its engine. */
function swarmMachines({ fleet }: CommandContext): readonly MachineHost[] {
  const known = new Map<string, MachineHost>()
  for (const host of fleet.fleet.hosts) {
    const machine = host.target?.machine
    if (machine?.swarm === undefined || refuseAction('provision', machine) !== undefined) continue
    if (host.sshTarget === undefined && known.has(keyOf(machine))) continue
    known.set(keyOf(machine), { ...host, machine })
  }
  return [...known.values()]
}

function keyOf({ store, name }: MachineHost['machine']): string {
  return `${store}\n${name}`
}

/** What counts as done already; undefined where the user leaves. */
async function chooseResume(
  { ui }: CommandContext,
  { machines, done }: { readonly machines: readonly string[]; readonly done: readonly string[] },
): Promise<readonly string[] | undefined> {
  const next = machines.find((name) => !done.includes(name)) ?? ''
  const items = [
    {
      label: `Go on with ${next}`,
      detail: `Provisioned before it stopped: ${done.join(', ')}`,
      icon: 'debug-continue',
      value: done,
    },
    { label: 'Start over', detail: 'All machines once more', icon: 'debug-restart', value: [] },
  ]
  return ui.pick<readonly string[]>(items, {
    title: 'Rebuild Classic Swarm',
    placeholder: 'The last rebuild did not come to its end',
  })
}

async function pickMachines(
  { ui }: CommandContext,
  members: readonly MachineHost[],
  before: readonly string[],
): Promise<readonly MachineHost[] | undefined> {
  const left = members.filter(({ machine }) => !before.includes(machine.name))
  const items = left.map((member) => ({
    label: member.machine.name,
    description: member.machine.swarm?.isManager === true ? 'master' : 'agent',
    icon: 'vm',
    isPicked: true,
    value: member,
  }))
  return ui.pickMany(items, {
    title: 'Rebuild Classic Swarm',
    placeholder: 'Machines to be provisioned anew, in this order',
  })
}

/** One machine after the other: each may ask for a password. What stands in the way of one is told before anything is done. */
function planAll(context: CommandContext, members: readonly MachineHost[]): Promise<readonly RebuildEntry[]> {
  return context.ui.progress(`Looking at ${count(members.length, 'machine')}`, async (reporter, signal) => {
    const entries: RebuildEntry[] = []
    for (const member of members) {
      const { machine } = member
      reporter.report(machine.name)
      const { removal } = await atHost(member, () => prepareRemoval(context, member, signal))
      const line = machineCommandLine(context.settings.dockerMachinePath, 'provision', machine)
      const isMaster = machine.swarm?.isManager === true
      entries.push({ host: hostOf(context, member), machine, name: machine.name, isMaster, removal, line })
    }
    return entries
  })
}

function hostOf({ fleet }: CommandContext, { id }: MachineHost): Host {
  const host = fleet.fleet.hosts.find((one) => one.id === id)
  if (host === undefined) throw new SwarmNetworksError('not-found', `The host ${id} is no longer in the fleet`)
  return host
}

async function confirmRebuild(context: CommandContext, entries: readonly RebuildEntry[]): Promise<boolean> {
  await context.ui.openDocument({
    name: 'rebuild-classic-swarm.md',
    content: describeRebuild(entries),
    show: 'preview',
  })
  return context.ui.confirm({
    message: `Rebuild ${count(entries.length, 'machine')} of the classic Swarm?`,
    detail: summarizeRebuild(entries),
    action: 'Rebuild',
  })
}
