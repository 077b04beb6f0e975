import type { CommandContext } from '../command'

/** Says something that needs no answer, without waiting until it is read. */
export function notify({ ui, log }: CommandContext, severity: 'info' | 'warn' | 'error', message: string): void {
  ui[severity](message).catch((error: unknown) => log.error(`The message "${message}" was not shown: ${String(error)}`))
}
