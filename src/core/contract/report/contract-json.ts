import type { CheckResult } from '../../connectivity/types'
import { findingJson, type FindingJson } from '../../report/json-report'
import type { ContractRun } from '../contract-run'
import type { AskResult, LineResult } from '../judge'
import { positionAt } from '../text-position'
import type { ContractProblem } from '../types'
import { countLines, summarizeContract } from './summary'

/** What `test --contract --json` prints. An interface: documented, held by tests, and only ever added to. */
export interface ContractJson {
  readonly file: string
  /** True only if every line was tested and holds. */
  readonly ok: boolean
  /** What is wrong with the contract itself; where nothing was tested, `lines` is empty. */
  readonly problems: readonly ContractProblemJson[]
  readonly startedAt?: string
  readonly durationMs?: number
  readonly execs?: number
  readonly cancelled?: boolean
  readonly summary: { readonly pass: number; readonly fail: number; readonly notTested: number }
  readonly lines: readonly LineJson[]
  readonly findings: readonly FindingJson[]
  readonly helped?: readonly { readonly container: string; readonly host: string; readonly image: string }[]
  readonly unreachableHosts: readonly { readonly host: string; readonly reason: string }[]
}

export interface ContractProblemJson {
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly severity: ContractProblem['severity']
  readonly code: ContractProblem['code']
  readonly message: string
}

export interface LineJson {
  readonly line: number
  readonly obligation: 'must' | 'mustNot'
  readonly title: string
  readonly because?: string
  readonly result: CheckResult
  readonly sentence: string
  /** Ids of `findings`, most specific first; `matches-nothing` for a line that means nobody. */
  readonly causes: readonly string[]
  readonly asks: readonly AskJson[]
}

export interface AskJson {
  readonly from: string
  readonly fromHost: string
  readonly to: string
  readonly toHost: string
  readonly network: string
  readonly kind: AskResult['ask']['kind']
  readonly port?: number
  readonly path?: string
  readonly name?: string
  readonly result: CheckResult
  readonly detail: string
}

/** A contract's file as the reports name it, with its text for positions. */
export interface ContractFile {
  readonly name: string
  readonly text: string
}

/** The outcome as the command line's JSON. */
export function contractJson(
  file: ContractFile,
  { problems, run }: { readonly problems: readonly ContractProblem[]; readonly run?: ContractRun | undefined },
): ContractJson {
  const lines = run?.lines ?? []
  const all = [...problems, ...lines.flatMap((line) => line.problems ?? [])]
  const { pass, fail, 'not-tested': notTested } = countLines(lines)
  return {
    file: file.name,
    ok: run !== undefined && summarizeContract(run).verdict === 'pass',
    problems: all.map((problem) => problemJson(problem, file)),
    ...(run && {
      startedAt: new Date(run.startedAt).toISOString(),
      durationMs: run.durationMs,
      execs: run.execs,
      cancelled: run.isCancelled,
    }),
    summary: { pass, fail, notTested },
    lines: lines.map(lineJson),
    findings: (run?.findings ?? []).map(findingJson),
    ...(run &&
      run.helped.length > 0 && {
        helped: run.helped.map(({ container, host, image }) => ({ container, host, image })),
      }),
    unreachableHosts: (run?.unreachableHosts ?? []).map(({ host, reason }) => ({ host, reason })),
  }
}

function problemJson({ severity, code, message, range }: ContractProblem, { text }: ContractFile): ContractProblemJson {
  return { ...positionAt(text, range.start), severity, code, message }
}

function lineJson({ line, result, sentence, asks, findings, problems = [] }: LineResult): LineJson {
  const { obligation, title, because } = line
  const own = asks.flatMap(({ cause }) => cause ?? [])
  return {
    line: line.lineNumber,
    obligation,
    title,
    ...(because !== undefined && { because }),
    result,
    sentence,
    causes: [...new Set([...findings.map(({ cause }) => cause), ...own, ...problems.map(({ code }) => code)])],
    asks: asks.map(askJson),
  }
}

function askJson({ ask, from, to, network, result, detail }: AskResult): AskJson {
  return {
    from: from.container,
    fromHost: from.host,
    to: to.container,
    toHost: to.host,
    network,
    kind: ask.kind,
    ...('port' in ask && { port: ask.port }),
    ...('path' in ask && { path: ask.path }),
    ...('name' in ask && { name: ask.name }),
    result,
    detail,
  }
}
