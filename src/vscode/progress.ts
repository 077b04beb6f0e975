import { ProgressLocation, window } from 'vscode'
import type { ProgressReporter } from '../app/ui'
import { asSignal } from './as-signal'
import { withoutLinks } from './plain-text'

/** Runs `work` under a notification with a Cancel button, which aborts the signal; what `work` throws is thrown. */
export async function withProgress<T>(
  title: string,
  work: (reporter: ProgressReporter, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
    (progress, token) => {
      const reporter = { report: (message: string) => progress.report({ message: withoutLinks(message) }) }
      return work(reporter, asSignal(token))
    },
  )
}
