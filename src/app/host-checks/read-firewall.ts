import type { FirewallReading } from '../../core/host-checks/firewall-counters'
import { listRules, parseHostFirewall } from '../../core/host-checks/host-firewall'
import type { Host } from '../../core/model/host'
import type { HostCheckContext } from './host-checks'
import { openShellOf } from './open-shell-of'

/** What the host's packet filter counted of the overlay's ports, over SSH where the host has it and lets us see. */
export async function readFirewall(
  context: HostCheckContext,
  host: Host,
  signal: AbortSignal,
): Promise<FirewallReading | undefined> {
  const shell = await openShellOf(context, host, signal)
  if (shell === undefined) return undefined
  try {
    const command = ['sh', '-c', listRules]
    const { stdout } = await shell.run({ command, deadlineMs: 10_000, maxBytes: 1_024 * 1_024 }, signal)
    const reading = parseHostFirewall(stdout, { tcp: [7946, 2377], udp: [context.dataPathPort, 7946] })
    if (reading === undefined) throw new Error(`${shell.user} may not list ${host.name}'s firewall rules`)
    return reading
  } finally {
    shell.dispose()
  }
}
