import type { HostAction } from '../plan'

/** A command as root with half a minute to end. */
export function rootCommand(...command: readonly string[]): HostAction {
  return { kind: 'command', command, asRoot: true, deadlineMs: 30_000 }
}
