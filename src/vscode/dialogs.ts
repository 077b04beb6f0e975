import { window } from 'vscode'
import type { ChooseOptions, ConfirmOptions } from '../app/ui'
import { withoutLinks } from './plain-text'

/** A modal question; true only if its button was pressed. */
export async function confirm({ message, detail, action }: ConfirmOptions): Promise<boolean> {
  return (await window.showWarningMessage(message, { modal: true, detail }, action)) === action
}

/** A modal question; the button that was pressed. */
export async function choose({ message, detail, actions }: ChooseOptions): Promise<string | undefined> {
  return window.showWarningMessage(message, { modal: true, detail }, ...actions)
}

type ShowMessage = (message: string, ...actions: string[]) => Thenable<string | undefined>

const severities: Readonly<Record<'info' | 'warn' | 'error', ShowMessage>> = {
  info: (message, ...actions) => window.showInformationMessage(message, ...actions),
  warn: (message, ...actions) => window.showWarningMessage(message, ...actions),
  error: (message, ...actions) => window.showErrorMessage(message, ...actions),
}

/** A notification; gives the button that was pressed, or `undefined` once it is gone without one. */
export async function notify(
  severity: keyof typeof severities,
  message: string,
  actions: readonly string[] = [],
): Promise<string | undefined> {
  return severities[severity](withoutLinks(message), ...actions)
}
