import { stripControl } from '../../core/text/sanitize'

const escape = '\u001B'

/** Faint text, for what the editor says and the process did not. */
export const dim = styled(2)
/** For headings and steps. */
export const bold = styled(1)
/** Red text, for errors. */
export const red = styled(31)
/** Green text, for what went well. */
export const green = styled(32)
/** For commands that are about to run. */
export const cyan = styled(36)

/** Select Graphic Rendition (ECMA-48, 8.3.117). */
function styled(code: number): (text: string) => string {
  return (text) => `${escape}[${code}m${text}${escape}[0m`
}

/** `text` as terminal lines: terminal control that a message from elsewhere may carry is gone, LF became CRLF. */
export function asLines(text: string): string {
  return text.split(/\r?\n/).map(stripControl).join('\r\n')
}
