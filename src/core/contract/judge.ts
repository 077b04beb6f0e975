import type { CheckResult, Peer, UnreachableHost } from '../connectivity/types'
import type { Finding } from '../diagnosis/finding'
import { observe, type Observed } from './observe'
import { entryKey, groupKey } from './plan-contract'
import { portOf, type Seen } from './proof'
import type { UnmatchedLine } from './resolve'
import type { LinePair, ResolvedLine } from './resolved-line'
import type { Ask, ContractLine, ContractProblem, Obligation } from './types'
import { askText } from './wording'

/** One ask of one pair. */
export interface AskResult {
  readonly ask: Ask
  readonly from: Peer
  readonly to: Peer
  /** The network it was asked on. */
  readonly network: string
  /** Its key in the fleet. */
  readonly networkKey: string
  readonly result: CheckResult
  /** One sentence without a full stop: what was seen, and what that means for the line. */
  readonly detail: string
  /** Stable, kebab-case: why it fails, where no rule of the diagnosis says more. */
  readonly cause?: 'forbidden-path-open' | 'no-common-network' | 'unexpected-answer'
}

/** What came of one line. */
export interface LineResult {
  readonly line: ContractLine
  readonly result: CheckResult
  /** The first thing that is wrong, or why it could not be tested; for a line that holds, how often it was seen to. */
  readonly sentence: string
  readonly asks: readonly AskResult[]
  /** The causes of what fails, most specific first. */
  readonly findings: readonly Finding[]
  /** Where the line means nobody: what is wrong with it, each at its place. */
  readonly problems?: readonly ContractProblem[]
}

export interface Verdicts {
  readonly seen: Seen
  readonly findings: readonly Finding[]
}

/** A line that means nobody proves nothing, and does not keep the others from being tested. */
export function judgeUnmatched({ line, problems }: UnmatchedLine): LineResult {
  const sentence = problems.map(({ message }) => message).join(' ')
  return { line, result: 'not-tested', sentence: sentence.replace(/\.$/, ''), asks: [], findings: [], problems }
}

/** Whether a line holds: each ask of each pair counts, one that fails is enough, and one that could not be asked is not passed over. */
export function judgeLine({ line, pairs, unseen }: ResolvedLine, { seen, findings }: Verdicts): LineResult {
  const asks = pairs.flatMap((pair) => line.asks.map((ask) => judge({ ask, pair, obligation: line.obligation }, seen)))
  const failed = asks.filter(({ result }) => result === 'fail')
  const untested = asks.find(({ result }) => result === 'not-tested')
  const causes = findings.filter(({ pairs: explained = [] }) =>
    failed.some(({ from, to }) =>
      explained.some((pair) => pair.from === from.containerId && pair.to === to.containerId),
    ),
  )
  const own = { line, asks, findings: line.obligation === 'must' ? causes : [] }
  const [first] = failed
  if (first) return { ...own, result: 'fail', sentence: `${endsOf(first)}: ${first.detail}` }
  if (untested) return { ...own, result: 'not-tested', sentence: `${endsOf(untested)}: ${untested.detail}` }
  if (unseen.length > 0) return { ...own, result: 'not-tested', sentence: unseenInWords(unseen) }
  const times = asks.length === 1 ? 'once' : `${asks.length} times`
  return { ...own, result: 'pass', sentence: `Seen to hold ${times}: ${asks[0]?.detail ?? ''}` }
}

interface Question {
  readonly ask: Ask
  readonly pair: LinePair
  readonly obligation: Obligation
}

function judge({ ask, pair, obligation }: Question, seen: Seen): AskResult {
  const { from, to, network, isShared } = pair
  const base = { ask, from, to, network: network.name, networkKey: network.key }
  if (!isShared && obligation === 'must') {
    const detail = `They are on no network in common: ${to.container} is on ${network.name}`
    return { ...base, result: 'fail', detail, cause: 'no-common-network' }
  }
  const observed = observe(ask, seen.find(groupKey(pair), entryKey(ask, pair), pair), pair)
  return { ...base, ...(obligation === 'must' ? required(observed) : forbidden(observed, { ask, to }, seen)) }
}

type Verdict = Pick<AskResult, 'result' | 'detail' | 'cause'>

function required({ outcome, detail }: Observed): Verdict {
  switch (outcome) {
    case 'reached':
      return { result: 'pass', detail }
    case 'answered':
      return { result: 'fail', detail, cause: 'unexpected-answer' }
    case 'blocked':
    case 'not-there':
      return { result: 'fail', detail }
    case 'unknown':
      return { result: 'not-tested', detail }
  }
}

/**
 * What must not be reached and is not: that counts only where there is something to reach. A stopped target, or a port that
 * nobody serves, would keep every such line forever.
 */
function forbidden(
  { outcome, detail }: Observed,
  { ask, to }: { readonly ask: Ask; readonly to: Peer },
  seen: Seen,
): Verdict {
  switch (outcome) {
    case 'reached':
      return {
        result: 'fail',
        detail: `It is reached ${askText(ask)}, and must not be: ${detail}`,
        cause: 'forbidden-path-open',
      }
    case 'answered':
      return ask.kind === 'name'
        ? { result: 'fail', detail: `It is reached, and must not be: ${detail}`, cause: 'forbidden-path-open' }
        : { result: 'pass', detail: `Answered otherwise: ${detail}` }
    case 'not-there':
      return { result: 'not-tested', detail: `${detail}, so that it is not reached proves nothing` }
    case 'unknown':
      return { result: 'not-tested', detail }
    case 'blocked':
      return proven(detail, { port: portOf(ask), to }, seen)
  }
}

function proven(
  detail: string,
  { port, to }: { readonly port: number | undefined; readonly to: Peer },
  seen: Seen,
): Verdict {
  // A running container answers ping, and has a name, without any program in it having a part in that.
  if (port === undefined) return { result: 'pass', detail: `Not reached: ${detail}` }
  const serves = seen.serves(to, port)
  if (serves === 'yes')
    return { result: 'pass', detail: `Not reached (${detail}), though ${to.container} serves port ${port}` }
  const why =
    serves === 'no'
      ? `nothing listens on port ${port} of ${to.container}, so that it is not reached proves nothing`
      : `whether anything listens on port ${port} of ${to.container} could not be found out (${serves.unknown})`
  return { result: 'not-tested', detail: `${detail}; ${why}` }
}

function endsOf({ from, to }: AskResult): string {
  return `${from.container} (${from.host}) → ${to.container} (${to.host})`
}

function unseenInWords(unseen: readonly UnreachableHost[]): string {
  const hosts = unseen.map(({ host, reason }) => `${host} (${reason.replace(/[.\s]+$/, '')})`).join('; ')
  return `Those that could be asked hold it, but the line may mean containers on hosts that cannot be asked: ${hosts}`
}
