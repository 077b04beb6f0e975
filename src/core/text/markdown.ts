import { singleLine } from './single-line'
import { visible } from './visible'

/** Generous: a tooltip or a table cell may be long, an engine's answer of a megabyte may not. */
const limit = 2_000

/**
 * Any text as inline Markdown that renders as exactly that text: no emphasis, link, image, HTML, table cell, codicon or
 * autolink. What is structure only at the start of a line (lists, headings) is escaped there and left alone elsewhere,
 * so that names and addresses stay readable in the source.
 */
export function escapeMarkdown(text: string): string {
  return (
    singleLine(text, limit)
      .replace(/[\\`*_[\]<>&|~$#!]/g, '\\$&')
      // GitHub's autolinks: scheme, www., mail address (https://github.github.com/gfm/#autolinks-extension-).
      .replace(/:\/\//g, ':\\//')
      .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
      .replace(/@/g, '\\@')
      .replace(/^([-+=])/, '\\$1')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  )
}

/** Any text as a code span, whatever backticks it has (https://spec.commonmark.org/0.31.2/#code-spans). */
export function codeSpan(text: string): string {
  const line = singleLine(text, limit)
  if (line === '') return ''
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Any text as a code block, whatever fences it has (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${visible(text).replace(/\n$/, '')}\n${fence}`
}

/** Rows of "name: value" as a Markdown list; a row without a value is left out. Values are Markdown already. */
export function definitionList(rows: readonly (readonly [name: string, markdown: string | undefined])[]): string {
  return rows
    .filter(([, markdown]) => markdown !== undefined && markdown !== '')
    .map(([name, markdown]) => `- ${name}: ${String(markdown)}`)
    .join('\n')
}
