/** Whatever a terminal or an editor acts upon instead of showing it; line feeds and tabs are left as they are. */
// eslint-disable-next-line no-control-regex
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * Text of several lines, with everything that would not be seen made visible: `^[` for an escape, `<U+202E>` for what
 * turns the direction of writing. For commands and files, where a reader has to see exactly what is there.
 */
export function visible(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(acting, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`
    return code === 0x7f ? '^?' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}
