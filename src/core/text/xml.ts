/** Without what no XML 1.0 document can hold, escaped or not (https://www.w3.org/TR/xml/#charsets). */
export function legalXml(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Any text for the content of an element or a quoted attribute, of XML, SVG and HTML alike. */
export function escapeXml(text: string): string {
  return legalXml(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
