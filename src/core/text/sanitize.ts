const escape = String.fromCharCode(0x1b)
const bell = String.fromCharCode(0x07)
const csi = String.fromCharCode(0x9b)

/** Terminal control (ECMA-48): OSC, DCS, SOS, PM and APC strings up to their end, CSI sequences, two-byte escapes. */
const escapeSequence = new RegExp(
  [
    `${escape}[\\]PX^_][\\s\\S]*?(?:${bell}|${escape}\\\\|$)`,
    `(?:${escape}\\[|${csi})[0-?]*[ -/]*[@-~]?`,
    `${escape}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
)

/** What breaks a line, or would: taken together with the blanks around it. */
const lineBreak = /[ \t]*[\t\n\v\f\r\u0085\u2028\u2029]+\s*/g

/** C0, DEL and C1, and what reorders or hides the text around it (Unicode's bidirectional controls, zero-width marks). */
const invisible = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * Text from an engine or a host as one harmless line: without terminal escapes, control characters and bidirectional
 * overrides; line breaks and tabs become blanks. It is not escaped for Markdown or HTML.
 */
export function stripControl(text: string): string {
  return text.replace(escapeSequence, '').replace(lineBreak, ' ').replace(invisible, '').trim()
}
