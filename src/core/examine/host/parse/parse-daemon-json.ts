import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { DaemonJsonFacts } from '../host-facts'
import { parseFile } from './parse-file'
import { sectionsOf, type Section } from './sections'

const usualPath = '/etc/docker/daemon.json'

/** The engine's configuration file: the one that a flag names, else the usual one. */
export function parseDaemonJson(sections: readonly Section[], configFile = usualPath): DaemonJsonFacts {
  const found = sectionsOf(sections, 'daemon-json').findLast(({ about }) => about.endsWith(` ${configFile}`))
  if (found === undefined) {
    const isThere = sectionsOf(sections, 'unreadable').some(({ about }) => about === `daemon-json ${configFile}`)
    return { path: configFile, state: isThere ? 'not-readable' : 'absent', isWhole: false }
  }
  const { path, text, isWhole } = parseFile(found)
  const read = readJson(text)
  if (typeof read === 'string') return { path, state: 'invalid', text, isWhole, ...problemOf(text, read) }
  return { path, state: 'valid', text, isWhole, directives: read }
}

/** The object, or what JSON has against it. The engine takes an empty file for one without directives. */
function readJson(text: string): Readonly<Record<string, unknown>> | string {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : 'it holds no object'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Where the first mistake is: what the engine says of it names no line. */
function problemOf(text: string, said: string): { readonly problem: string; readonly line?: number } {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: true })
  const [first] = errors
  if (first === undefined) return { problem: said }
  const words = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return { problem: words, line: text.slice(0, first.offset).split('\n').length }
}
