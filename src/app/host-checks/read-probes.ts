import { listProbes, parseProbes, probeSeconds, type NamedFallback } from '../../core/host-checks/gossip-probes'
import type { Host } from '../../core/model/host'
import type { HostCheckContext } from './host-checks'
import { openShellOf } from './open-shell-of'

/** What a host's engine wrote of its gossip. */
export interface LoggedProbes {
  readonly seconds: number
  readonly fallbacks: readonly NamedFallback[]
}

/** Reads an engine's log of its gossip over SSH, where the host has it, lets us see, and runs systemd. */
export async function readProbes(
  context: HostCheckContext,
  host: Host,
  signal: AbortSignal,
): Promise<LoggedProbes | undefined> {
  const shell = await openShellOf(context, host, signal)
  if (shell === undefined) return undefined
  try {
    const seconds = probeSeconds(context.hosts.length)
    const command = ['sh', '-c', listProbes(seconds)]
    const { stdout } = await shell.run({ command, deadlineMs: 10_000, maxBytes: 256 * 1_024 }, signal)
    return parseProbes(stdout, seconds)
  } finally {
    shell.dispose()
  }
}
