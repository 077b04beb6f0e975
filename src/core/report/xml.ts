import Builder from 'fast-xml-builder'

const builder = new Builder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
})

/** An XML document: attributes are keys with an `@` before them, `#text` is an element's text. */
export function writeXml(root: object): string {
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...root })
}

/** JUnit's durations. */
export function secondsText(ms: number): string {
  return (ms / 1000).toFixed(3)
}
