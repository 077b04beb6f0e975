import type { FirewallReading } from '../../core/host-checks/firewall-counters'
import { listRules, parseHostFirewall } from '../../core/host-checks/host-firewall'
import type { Host } from '../../core/model/host'
import type { HostCheckContext } from './host-checks'

/** What the host's packet filter counted of the overlay's ports, over SSH where the host has it and lets us see. */
export async function readFirewall(
  { shells, dataPathPort }: HostCheckContext,
  { target, name, way }: Host,
  signal: AbortSignal,
): Promise<FirewallReading | undefined> {
  // Only over a connection that is open anyway: a test asks nobody for a password.
  if (shells === undefined || target === undefined || way?.endpoint.kind !== 'ssh') return undefined
  const shell = await shells.openShell(target, signal)
  try {
    const command = ['sh', '-c', listRules]
    const { stdout } = await shell.run({ command, deadlineMs: 10_000, maxBytes: 1_024 * 1_024 }, signal)
    const reading = parseHostFirewall(stdout, { tcp: [7946, 2377], udp: [dataPathPort, 7946] })
    if (reading === undefined) throw new Error(`${shell.user} may not list ${name}'s firewall rules`)
    return reading
  } finally {
    shell.dispose()
  }
}
