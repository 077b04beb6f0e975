/** Combining marks (variation selectors are such), and zero-width spaces and joiners. */
const zeroWidth = /^(?:\p{M}|\u200B|\u200C|\u200D)+$/u
/** The blocks that Unicode's East Asian Width calls wide, and what is drawn as an emoji. */
const doubleWidth =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\uFE0F/u

/** How many cells of a terminal the text takes; good enough to take back what was typed. */
export function cellsOf(text: string): number {
  let cells = 0
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (zeroWidth.test(segment)) continue
    cells += doubleWidth.test(segment) ? 2 : 1
  }
  return cells
}
