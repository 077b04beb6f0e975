import type { LineResult } from '../../core/contract/judge'
import type { CheckResult } from '../../core/connectivity/types'
import { SwarmNetworksError } from '../../core/errors'
import type { Clock, Log } from '../../core/ports/environment'
import type { HostShells } from '../../core/ports/host-shell'
import { escapeMarkdown } from '../../core/text/markdown'
import { stripControl } from '../../core/text/sanitize'
import type { HelperOptions } from '../connectivity/helper'
import type { FleetAccess } from '../fleet-access'
import { settledWithin } from '../settled-within'
import type { ContractBook } from './contract-book'
import { runContract } from './run-contract'

/** What testing contracts in an editor needs. */
export interface ContractTestContext {
  readonly book: ContractBook
  readonly fleet: FleetAccess
  /** The hosts’ own command lines. */
  readonly shells: HostShells
  readonly settings: { readonly helper: HelperOptions | undefined }
  readonly clock: Clock
  readonly log: Log
  /** Whether the user trusts the folder that contracts come from: they say what is asked of whom. */
  readonly isTrusted: () => boolean
}

export interface LineVerdict {
  readonly result: CheckResult
  /** Why it does not hold; empty where it does. */
  readonly markdown: string
  /** One harmless line on what was seen. */
  readonly seen: string
}

/** Hosts that are still being connected to get so long; the lines then say who could not be asked. */
const settleMs = 15_000

/**
 * Tests some lines of a contract as it is written now, and keeps the outcome in the book.
 *
 * @returns by what the lines say
 * @throws `invalid-input` where nobody trusts the folder, or the contract itself is wrong
 */
export async function testContractLines(
  { book, fleet, shells, settings, clock, log, isTrusted }: ContractTestContext,
  { address, titles }: { readonly address: string; readonly titles: readonly string[] },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LineVerdict>> {
  const file = book.get(address)
  if (file === undefined) throw new SwarmNetworksError('not-found', 'The contract is gone')
  if (!isTrusted())
    throw new SwarmNetworksError('invalid-input', 'Nothing was tested: this folder is not trusted', {
      remedy: 'Use "Workspaces: Manage Workspace Trust" first: a contract says what is asked of your containers.',
    })
  if (file.problems.some(({ severity }) => severity === 'error'))
    throw new SwarmNetworksError('invalid-input', 'Nothing was tested: the contract has errors', {
      remedy: 'The Problems panel has them.',
    })
  await settledWithin(fleet, settleMs, signal)
  const wanted = new Set(titles)
  const contract = { lines: file.contract.lines.filter(({ title }) => wanted.has(title)) }
  const helper = settings.helper === undefined ? {} : { helper: settings.helper }
  const outcome = await runContract(fleet, contract, { ...helper, hostChecks: { ...helper, shells }, clock, signal })
  book.keep(address, contract, outcome)
  if (outcome.run) {
    log.info(
      `Tested ${contract.lines.length} lines of a contract: ${outcome.run.execs} execs, ${outcome.run.durationMs} ms`,
    )
    return new Map(outcome.run.lines.map((result) => [result.line.title, verdictOf(result)]))
  }
  const after = book.get(address)?.unmatched
  const unheard = 'Nothing was tested, because other lines contradict each other.'
  return new Map(
    titles.map((title) => {
      const own = after?.get(title)?.map(({ message }) => message)
      const markdown = (own ?? [unheard]).map(escapeMarkdown).join('\n\n')
      return [title, { result: 'not-tested', markdown, seen: stripControl((own ?? [unheard]).join(' ')) }]
    }),
  )
}

function verdictOf({ result, sentence, findings }: LineResult): LineVerdict {
  const seen = stripControl(sentence)
  if (result === 'pass') return { result, markdown: '', seen }
  const causes = findings.flatMap(({ title, evidence, remedy }) => [
    `**${escapeMarkdown(title)}**`,
    evidence.map((each) => `- ${escapeMarkdown(each)}`).join('\n'),
    `**What to do:** ${escapeMarkdown(remedy)}`,
  ])
  return { result, markdown: [escapeMarkdown(sentence), ...causes].join('\n\n'), seen }
}
