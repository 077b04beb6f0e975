import type { HostAction } from './plan'

const shortMs = 20_000

/** A command as root's action. */
export function rootCommand(command: readonly string[], deadlineMs = shortMs): HostAction {
  return { kind: 'command', command, asRoot: true, deadlineMs }
}

/** A short script as root's action; its arguments are `$1`, `$2`, … */
export function rootScript(script: string, ...args: readonly string[]): HostAction {
  return rootCommand(['/bin/sh', '-c', script, 'sh', ...args])
}
