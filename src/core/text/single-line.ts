import { stripControl } from './sanitize'

/** What nearly every name and address is: printable ASCII, words one blank apart. Nothing has to be taken out of it. */
const harmless = /^[!-~]+(?: [!-~]+)*$/

/** Text from an engine or a host as one harmless line of at most `limit` characters; what is longer ends in an ellipsis. */
export function singleLine(text: string, limit = 200): string {
  if (text.length <= limit && harmless.test(text)) return text
  // An engine's answer may be huge: nothing beyond a few times the limit is worth looking at.
  const line = stripControl(text.slice(0, limit * 8)).replace(/\s+/g, ' ')
  if (line.length <= limit) return line
  const characters = Array.from(line)
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`
}
