import { parseFirewall, type FirewallReading } from '../../core/host-checks/firewall-counters'
import type { Host } from '../../core/model/host'
import type { HostCheckContext } from './host-checks'

/** `sudo` never asks: what it would ask for has no one to answer it. */
const listRules = `
if [ "$(id -u)" = 0 ]; then iptables-save -c -t filter; else sudo -n iptables-save -c -t filter; fi
`

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
    const { code, stdout } = await shell.run({ command, deadlineMs: 10_000, maxBytes: 512 * 1_024 }, signal)
    if (code !== 0 || !stdout.includes('*filter'))
      throw new Error(`${shell.user} may not list ${name}'s firewall rules`)
    return parseFirewall(stdout, { tcp: [7946, 2377], udp: [dataPathPort, 7946] })
  } finally {
    shell.dispose()
  }
}
