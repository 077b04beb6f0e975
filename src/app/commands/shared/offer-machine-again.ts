import type { Host } from '../../../core/model/host'
import type { CommandContext } from '../command'
import { findHost } from '../../fleet-lookup'
import { machineHost, performMachine } from './machine-command'

/** After a host was repaired: what docker-machine could not do there before is offered once more. */
export async function offerMachineAgain(
  context: CommandContext,
  { id, name }: Pick<Host, 'id' | 'name'>,
): Promise<void> {
  const run = context.machineRuns.failed(id)
  const host = findHost(context.fleet.fleet, id)
  const machine = host && machineHost(host, run?.action)
  if (run === undefined || machine === undefined) return
  const again = 'Run It Again…'
  const pressed = await context.ui.info(
    `Before this repair, docker-machine ${run.action} ${name} had failed: ${run.finding.title}.`,
    [again],
  )
  if (pressed === again) await performMachine(context, run.action, machine)
}

/** The same after several hosts were repaired, one after the other. */
export async function offerAfter(context: CommandContext, hosts: readonly Host[]): Promise<void> {
  for (const host of hosts) await offerMachineAgain(context, host)
}
