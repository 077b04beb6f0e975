/**
 * Gives `message` in the user's language, with `{0}`, `{1}` … replaced by `args`; a message without a translation
 * stays English. The editor's `l10n.t` is one.
 */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string

/** English as it stands, for tests and for whoever has no translations. */
export const untranslated: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder))
