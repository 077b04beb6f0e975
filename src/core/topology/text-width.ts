/** Pixels of a character at 12 px in the fonts that editors use; wide scripts take a full em. */
const narrow = 6.7
const wide = 12.4

const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/** About how wide a text is at this size; without a screen nobody knows exactly. */
export function textWidth(text: string, size = 12): number {
  let width = 0
  for (const character of text) width += isWide.test(character) ? wide : narrow
  return Math.ceil((width * size) / 12)
}

/** The text, shortened with an ellipsis to about so many pixels. */
export function fitText(text: string, pixels: number, size = 12): string {
  if (textWidth(text, size) <= pixels) return text
  const characters = Array.from(text)
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > pixels) characters.pop()
  return `${characters.join('')}…`
}

/** The same for the bold texts of 13 px. */
export function boldWidth(text: string): number {
  return Math.ceil(textWidth(text, 13) * 1.22)
}
