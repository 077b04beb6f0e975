import type { Host } from '../../core/model/host'
import type { HostShell } from '../../core/ports/host-shell'
import type { HostCheckContext } from './host-checks'

/**
 * A host's command line; without being told so only over a connection that is open anyway: a test asks nobody for a password.
 *
 * @returns undefined where there is none, or none may be opened
 */
export async function openShellOf(
  { shells, opensShells = false }: HostCheckContext,
  { target, sshTarget, way }: Host,
  signal: AbortSignal,
): Promise<HostShell | undefined> {
  const reached = opensShells ? sshTarget : way?.endpoint.kind === 'ssh' ? target : undefined
  return reached && shells?.openShell(reached, signal)
}
