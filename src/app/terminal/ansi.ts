import { stripControl } from '../../core/text/sanitize'

const escape = '\u001B'

/** Faint text, for what the editor says and the process did not. */
export function dim(text: string): string {
  return `${escape}[2m${text}${escape}[0m`
}

/** Red text, for errors. */
export function red(text: string): string {
  return `${escape}[31m${text}${escape}[0m`
}

/** `text` as terminal lines: terminal control that a message from elsewhere may carry is gone, LF became CRLF. */
export function asLines(text: string): string {
  return text.split(/\r?\n/).map(stripControl).join('\r\n')
}
