import { withoutSecrets } from './without-secrets'

/** One part of a look's output. */
export interface Section {
  /** For instance `drop-in:docker.service`. */
  readonly name: string
  /** What it is about: words, the last of which may be a path with blanks. */
  readonly about: string
  /** Without the passwords that stood in it. */
  readonly text: string
  /** Whether something was taken out of the text. */
  readonly isRedacted: boolean
}

/**
 * Takes a look's output apart. Only lines that begin with this run's nonce begin a section: whatever a file or a log
 * holds cannot.
 */
export function parseSections(output: string, nonce: string): readonly Section[] {
  const start = `@${nonce} `
  const parts = output.split(`\n${start}`)
  const [before = '', ...rest] = parts
  const all = before.startsWith(start) ? [before.slice(start.length), ...rest] : rest
  return all.map((part) => {
    const end = part.indexOf('\n')
    const head = end < 0 ? part : part.slice(0, end)
    const raw = end < 0 ? '' : part.slice(end + 1)
    const [name = '', ...about] = head.split(' ')
    const text = withoutSecrets(raw)
    return { name, about: about.join(' '), text, isRedacted: text !== raw }
  })
}

/** The sections of one name. */
export function sectionsOf(sections: readonly Section[], name: string): readonly Section[] {
  return sections.filter((section) => section.name === name)
}

/** The lines of all sections of one name, without blank ones. */
export function linesOf(sections: readonly Section[], name: string): readonly string[] {
  return sectionsOf(sections, name).flatMap(({ text }) => text.split('\n').filter((line) => line.trim() !== ''))
}
