import type { FirewallReading } from '../../core/host-checks/firewall-counters'
import { listRules, parseHostFirewall } from '../../core/host-checks/host-firewall'
import type { Host } from '../../core/model/host'
import type { HostCheckContext } from './host-checks'

/** What the host's packet filter counted of the overlay's ports, over SSH where the host has it and lets us see. */
export async function readFirewall(
  { shells, opensShells = false, dataPathPort }: HostCheckContext,
  { target, sshTarget, name, way }: Host,
  signal: AbortSignal,
): Promise<FirewallReading | undefined> {
  // Without being told so only over a connection that is open anyway: a test asks nobody for a password.
  const reached = opensShells ? sshTarget : way?.endpoint.kind === 'ssh' ? target : undefined
  if (shells === undefined || reached === undefined) return undefined
  const shell = await shells.openShell(reached, signal)
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
