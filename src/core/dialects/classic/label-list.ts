/**
 * Reads a node's labels as the manager lists them: `operatingsystem=Debian GNU/Linux 12 (bookworm), site=north`. A piece
 * without an equals sign is the rest of a value that has a comma in it.
 */
export function parseLabelList(text: string): Readonly<Record<string, string>> {
  const labels = new Map<string, string>()
  let last: string | undefined
  for (const piece of text.split(', ')) {
    const equals = piece.indexOf('=')
    if (equals > 0) {
      last = piece.slice(0, equals)
      labels.set(last, piece.slice(equals + 1))
    } else if (last !== undefined) labels.set(last, `${labels.get(last)}, ${piece}`)
  }
  return Object.fromEntries(labels)
}
