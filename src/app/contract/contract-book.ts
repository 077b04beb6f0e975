import { oversized, parseContract, type ParsedContract } from '../../core/contract/parse-contract'
import type { LineResult } from '../../core/contract/judge'
import type { Contract, ContractLine, ContractProblem } from '../../core/contract/types'
import type { Disposable } from '../../core/ports/environment'
import type { ContractOutcome } from './run-contract'

/** A contract of the workspace as it is written now, with what its last test said. */
export interface ContractFileState extends ParsedContract {
  readonly text: string
  /** By what a line says: a line that was edited has no result any more, one that was moved keeps it. */
  readonly results: ReadonlyMap<string, LineResult>
  /** Lines that meant nobody, or the opposite of another, when they were last to be tested; by the same. */
  readonly unmatched: ReadonlyMap<string, readonly ContractProblem[]>
  /** When lines of it were last tested, in milliseconds since the epoch. */
  readonly testedAt?: number
}

/** Every contract that the editor knows, by the address of its file. Contents are data: reading one runs nothing. */
export class ContractBook {
  readonly #files = new Map<string, ContractFileState>()
  readonly #listeners = new Set<(address: string) => void>()

  get addresses(): readonly string[] {
    return [...this.#files.keys()]
  }

  get(address: string): ContractFileState | undefined {
    return this.#files.get(address)
  }

  /** Takes a file's text as it is now. */
  update(address: string, text: string): void {
    const before = this.#files.get(address)
    if (before?.text === text) return
    const { results, unmatched, testedAt } = before ?? { results: new Map(), unmatched: new Map() }
    const kept = { results, unmatched, ...(testedAt !== undefined && { testedAt }) }
    this.#set(address, { text, ...parseContract(text), ...kept })
  }

  /** Keeps that a file is too large to be read. */
  refuse(address: string, size: number): void {
    this.#set(address, { text: '', ...oversized(size), results: new Map(), unmatched: new Map() })
  }

  remove(address: string): void {
    if (this.#files.delete(address)) this.#tell(address)
  }

  /** Keeps what a test of these lines said; what it says of the others stays. */
  keep(address: string, tested: Contract, outcome: ContractOutcome): void {
    const file = this.#files.get(address)
    if (file === undefined) return
    const results = new Map(file.results)
    const unmatched = new Map(file.unmatched)
    for (const line of tested.lines) {
      results.delete(line.title)
      unmatched.delete(line.title)
    }
    for (const result of outcome.run?.lines ?? [])
      if (result.problems === undefined) results.set(result.line.title, result)
      else unmatched.set(result.line.title, result.problems)
    for (const line of outcome.run ? [] : tested.lines) {
      const own = outcome.problems?.filter((problem) => isWithin(problem, line)) ?? []
      if (own.length > 0) unmatched.set(line.title, own)
    }
    this.#set(address, { ...file, results, unmatched, ...(outcome.run && { testedAt: outcome.run.startedAt }) })
  }

  onDidChange(listener: (address: string) => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  #set(address: string, state: ContractFileState): void {
    this.#files.set(address, state)
    this.#tell(address)
  }

  #tell(address: string): void {
    for (const listener of this.#listeners) listener(address)
  }
}

/** The network that a whole contract is about stands outside of its lines. */
function isWithin({ range }: ContractProblem, line: ContractLine): boolean {
  const isIn = range.start >= line.range.start && range.end <= line.range.end
  return isIn || line.network?.range.start === range.start
}
