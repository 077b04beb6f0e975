import type { Ask, ContractLine, ContractProblem, StatusRange } from './types'
import { askText, selectorText } from './wording'

/** Lines that say the same twice, and lines that no world can keep together. */
export function findContradictions(lines: readonly ContractLine[]): readonly ContractProblem[] {
  return [...duplicates(lines), ...contradictions(lines)]
}

function duplicates(lines: readonly ContractLine[]): readonly ContractProblem[] {
  const first = new Map<string, ContractLine>()
  return lines.flatMap((line): readonly ContractProblem[] => {
    const same = first.get(keyOf(line))
    if (same === undefined) {
      first.set(keyOf(line), line)
      return []
    }
    const message = `Line ${same.lineNumber} says the same already; one of them can go.`
    return [{ code: 'duplicate', severity: 'warning', message, range: line.range }]
  })
}

function keyOf({ title, network }: ContractLine): string {
  return `${title} ${network?.name ?? ''}`
}

function contradictions(lines: readonly ContractLine[]): readonly ContractProblem[] {
  const musts = lines
    .filter(({ obligation }) => obligation === 'must')
    .map((must) => ({ ...must, names: namesOf(must) }))
  return lines
    .filter(({ obligation }) => obligation === 'mustNot')
    .flatMap((line): readonly ContractProblem[] => {
      const own = namesOf(line)
      for (const must of musts) {
        const asks = must.asks.find((ask) => line.asks.some((forbidden) => isContradiction(ask, forbidden)))
        if (asks === undefined || must.network?.name !== line.network?.name) continue
        const { from, to } = must.names
        // Each of the one is tested against each of the other: what both have in common on either side is a pair.
        if (!hasCommon(from, own.from) || !hasCommon(to, own.to)) continue
        const message = `This contradicts line ${must.lineNumber}, which asks that the same pair reaches each other ${askText(asks)}.`
        return [{ code: 'contradiction', severity: 'error', message, range: line.range }]
      }
      return []
    })
}

/** Whether nothing can keep both: what must be reachable, and what must not. */
export function isContradiction(must: Ask, mustNot: Ask): boolean {
  if (mustNot.kind === 'any') return true
  if (must.kind === 'tcp' || must.kind === 'http') {
    if (mustNot.kind === 'tcp') return must.port === mustNot.port
    if (mustNot.kind !== 'http' || must.kind !== 'http') return false
    return must.port === mustNot.port && must.path === mustNot.path && overlap(must.status, mustNot.status)
  }
  return must.kind === mustNot.kind && (must.kind !== 'name' || mustNot.kind !== 'name' || must.name === mustNot.name)
}

function overlap(a: StatusRange, b: StatusRange): boolean {
  return a.from <= b.to && b.from <= a.to
}

function namesOf({ from, to }: ContractLine) {
  return { from: new Set(from.map(selectorText)), to: new Set(to.map(selectorText)) }
}

function hasCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name))
}
