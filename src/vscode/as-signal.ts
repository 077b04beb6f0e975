import type { CancellationToken } from 'vscode'

/** The editor's token as the signal that everything below the shell takes. */
export function asSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  else token.onCancellationRequested(() => controller.abort())
  return controller.signal
}
