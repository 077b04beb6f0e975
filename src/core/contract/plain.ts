import { stripControl } from '../text/sanitize'

/** Longer than any name, label or reason that somebody reads. */
const maxCharacters = 500

/** Whether a text can be shown as it is written: not too long, and without what breaks a line, hides or reorders text. */
export function isPlain(text: string): boolean {
  return text.length <= maxCharacters && stripControl(text) === text
}
