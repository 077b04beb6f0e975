import { candidatesOn, matches, networksNamed, testableNetworks, type Candidate } from '../../core/contract/members'
import { selectorText } from '../../core/contract/wording'
import type { ContractLine, Selector, TextRange } from '../../core/contract/types'
import { vocabulary } from '../../core/contract/vocabulary'
import type { Fleet } from '../../core/model/fleet'
import { count } from '../../core/text/count'
import { codeSpan, escapeMarkdown } from '../../core/text/markdown'
import type { ContractFileState } from './contract-book'

/** What the editor shows at a place. */
export interface ContractHover {
  /** Without links or HTML. */
  readonly markdown: string
  readonly range: TextRange
}

const maxMatches = 12

/**
 * Whom a selector means now and what its line's last test said, or what a key is for.
 *
 * @param fleet absent where no host was asked yet, and none may be for a file that nobody trusts
 */
export function contractHover(
  file: ContractFileState,
  fleet: Fleet | undefined,
  offset: number,
): ContractHover | undefined {
  for (const line of file.contract.lines)
    for (const selector of [...line.from, ...line.to])
      if (isIn(selector.range, offset))
        return {
          range: selector.range,
          markdown: [selectorMarkdown(selector, line, fleet), resultMarkdown(file, line)].filter(Boolean).join('\n\n'),
        }
  return keyHover(file, offset)
}

function selectorMarkdown(selector: Selector, line: ContractLine, fleet: Fleet | undefined): string {
  if (fleet === undefined) return 'No host was asked whom this means, because this folder is not trusted.'
  const all = testableNetworks(fleet)
  const networks = line.network === undefined ? all : networksNamed(all, line.network.name)
  const found = candidatesOn(fleet, networks).filter((candidate) => matches(selector, candidate))
  const what = codeSpan(selectorText(selector))
  const where = line.network === undefined ? '' : ` on ${codeSpan(line.network.name)}`
  if (found.length === 0) return `${what} means no container${where} now.`
  const more = found.length > maxMatches ? [`- … and ${found.length - maxMatches} more`] : []
  const head = `${what} means ${count(found.length, 'container')}${where} now:`
  return [head, '', ...found.slice(0, maxMatches).map(candidateMarkdown), ...more].join('\n')
}

function candidateMarkdown({ container, host, places }: Candidate): string {
  const addresses = places.map(({ network, peer }) => `${peer.address ?? 'no address'} on ${network.name}`).join(', ')
  const state = container.state === 'running' ? '' : `, ${container.state}`
  return `- **${escapeMarkdown(container.name)}** at ${escapeMarkdown(host)}: ${escapeMarkdown(addresses)}${state}`
}

function resultMarkdown({ results }: ContractFileState, { title }: ContractLine): string {
  const result = results.get(title)
  if (result === undefined) return 'The line was not tested yet.'
  const words = { pass: 'it holds', fail: 'it fails', 'not-tested': 'it could not be tested' } as const
  return `Last test: ${words[result.result]}. ${escapeMarkdown(result.sentence)}`
}

function keyHover({ text }: ContractFileState, offset: number): ContractHover | undefined {
  for (const match of text.matchAll(/(?<=^|[\s{,-])([A-Za-z]+)(?=\s*:)/gm)) {
    const range = { start: match.index, end: match.index + match[0].length }
    const entry = Object.values(vocabulary)
      .flat()
      .find(({ key }) => key === match[0])
    if (isIn(range, offset) && entry) return { range, markdown: `**${entry.key}**: ${entry.explanation}` }
  }
  return undefined
}

function isIn({ start, end }: TextRange, offset: number): boolean {
  return offset >= start && offset <= end
}
