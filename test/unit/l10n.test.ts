import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

const call = /\b(?:l10n\.t|translate)\(\s*/g
const literal = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/

/** The first argument of every `l10n.t(…)` and `translate(…)` in a source file. */
function messagesIn(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  return [...source.matchAll(call)].flatMap((found) => {
    const rest = source.slice(found.index + found[0].length)
    const match = literal.exec(rest)
    // The shell hands messages of the layers below on; any other computed message could not be looked up here.
    if (match === null)
      return rest.startsWith('message, ...args') ? [] : [`no literal in ${path}: ${rest.slice(0, 40)}`]
    return [unescape(match[1] ?? match[2] ?? '')]
  })
}

function unescape(body: string): string {
  return JSON.parse(`"${body.replace(/\\'/g, "'").replace(/(?<!\\)"/g, '\\"')}"`) as string
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)
const messages = [...new Set(sources.flatMap((name) => messagesIn(join(root, 'src', name))))].sort()
const german = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.de.json'), 'utf8')) as Record<string, string>

describe('the German texts', () => {
  it('are those of the messages in the code', () => {
    expect(messages.length).toBeGreaterThan(10)
    expect(Object.keys(german).sort()).toEqual(messages)
  })

  it.each(messages)('"%s" keeps its placeholders', (message) => {
    const placeholders = (text = '') => [...new Set(text.match(/\{\d+\}/g))].sort()
    expect(placeholders(german[message])).toEqual(placeholders(message))
  })
})
