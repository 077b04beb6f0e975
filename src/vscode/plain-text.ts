/**
 * The editor reads markup in texts that look plain. Names and messages from engines go through these first, so that
 * nobody puts a button of his own into a dialog.
 */

/** For notifications, progress and input prompts, where `[text](command:…)` becomes a link that runs a command. */
export function withoutLinks(text: string): string {
  return text.replace(/\]\(/g, ']\u200B(')
}

/** For quick picks and the status bar, where `$(name)` becomes an icon: shown as it is written. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&')
}
