import type { LineResult } from '../../core/contract/judge'
import type { ContractLine, TextRange } from '../../core/contract/types'
import type { Fix } from '../../core/diagnosis/finding'
import type { NodeSubject } from '../tree/tree-node'
import type { ContractFileState } from './contract-book'

/** What the Problems panel says of a place in a contract. */
export interface ContractMark {
  readonly range: TextRange
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** Stable, kebab-case; the manual explains it on `page`. */
  readonly code: string
  readonly page: 'contract.md' | 'findings.md'
  readonly fixes: readonly ContractFix[]
}

/** What is offered at a mark. */
export type ContractFix =
  | { readonly kind: 'replace'; readonly title: string; readonly text: string }
  /** Tests this line again. */
  | { readonly kind: 'test'; readonly title: string; readonly line: string }
  /** Where it mends something, with the line to test again behind it. */
  | {
      readonly kind: 'command'
      readonly title: string
      readonly command: string
      readonly subject: NodeSubject
      readonly thenTest?: string
    }

/** Everything that is wrong with a contract, and every line that does not hold, in the order of the text. */
export function contractMarks(file: ContractFileState): readonly ContractMark[] {
  const written = file.problems.map(({ range, severity, message, code, replacement }): ContractMark => ({
    ...{ range, severity, message, code, page: 'contract.md' },
    fixes: replacement === undefined ? [] : [{ kind: 'replace', title: `Change to ${replacement}`, text: replacement }],
  }))
  const tested = file.contract.lines.flatMap((line) => lineMarks(file, line))
  return [...written, ...tested].sort((a, b) => a.range.start - b.range.start)
}

/** What the last test said against a line; nothing where it holds, or was not tested since it was written. */
export function lineMarks(file: ContractFileState, line: ContractLine): readonly ContractMark[] {
  return [...unmatchedMarks(file, line), ...resultMarks(file, line)]
}

function unmatchedMarks({ unmatched, text }: ContractFileState, line: ContractLine): readonly ContractMark[] {
  return (unmatched.get(line.title) ?? []).map(({ code, message }) => ({
    ...{ range: firstRow(line, text), severity: 'error', message, code, page: 'contract.md' },
    fixes: [again(line)],
  }))
}

function resultMarks({ results, text }: ContractFileState, line: ContractLine): readonly ContractMark[] {
  const result = results.get(line.title)
  if (result === undefined || result.result === 'pass') return []
  const range = firstRow(line, text)
  if (result.result === 'not-tested') {
    const message = `Not tested: ${result.sentence}.`
    return [{ range, severity: 'warning', message, code: 'not-tested', page: 'contract.md', fixes: [again(line)] }]
  }
  const [finding] = result.findings
  const own = result.asks.find(({ cause }) => cause !== undefined)?.cause
  return [
    {
      ...{ range, severity: 'error' },
      message: [...(finding ? [finding.title] : []), `${result.sentence}.`].join('\n'),
      code: finding?.cause ?? own ?? 'unexplained',
      page: finding ? 'findings.md' : own ? 'contract.md' : 'findings.md',
      fixes: [...fixesOf(result), again(line), ...wholeNetwork(result)],
    },
  ]
}

/** A finding's fixes that act on a container, whatever test found it. */
const containerCommands: Partial<Readonly<Record<Fix['id'], { readonly command: string; readonly mends: boolean }>>> = {
  'start-target': { command: 'swarmNetworks.startContainer', mends: true },
  'show-logs': { command: 'swarmNetworks.showLogs', mends: false },
}

function fixesOf({ findings, line }: LineResult): readonly ContractFix[] {
  return findings
    .flatMap(({ fixes }) => fixes)
    .flatMap(({ id, title, containerIds, hostIds }): readonly ContractFix[] => {
      const known = containerCommands[id]
      const [containerId] = containerIds
      const [hostId] = hostIds
      if (known === undefined || containerId === undefined || hostId === undefined) return []
      const subject = { kind: 'container', hostId, containerId } as const
      const { command, mends } = known
      return [{ kind: 'command', title, command, subject, ...(mends && { thenTest: line.title }) }]
    })
}

/** The whole network's test knows more than one line's, and its findings have every fix. */
function wholeNetwork({ asks }: LineResult): readonly ContractFix[] {
  const failed = asks.find(({ result, cause }) => result === 'fail' && cause === undefined)
  if (failed === undefined) return []
  const title = `Test all of ${failed.network} for the cause`
  const subject = { kind: 'network', networkKey: failed.networkKey } as const
  return [{ kind: 'command', title, command: 'swarmNetworks.testConnectivity', subject }]
}

function again({ title }: ContractLine): ContractFix {
  return { kind: 'test', title: 'Test this line again', line: title }
}

/** A line of many rows would be underlined from end to end. */
function firstRow({ range }: ContractLine, text: string): TextRange {
  const end = text.indexOf('\n', range.start)
  return { start: range.start, end: end < 0 ? range.end : Math.min(range.end, end) }
}
