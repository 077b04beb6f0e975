/** What a container asks of its node: `constraint:site==north`, `affinity:container!=web`. */
export interface Expression {
  readonly key: string
  readonly operator: '==' | '!='
  /** With `*` for any characters, or `/a regular expression/`. */
  readonly value: string
  /** Only a wish: `==~`, `!=~`. */
  readonly isSoft: boolean
}

/** The words of swarm/scheduler/filter/expr.go. */
export class ExpressionError extends Error {}

const keySyntax = /^[a-z_][a-z0-9\-_.]+$/i
const valueSyntax = /^[a-z0-9:\-_\s./()?+*[\]\\^$|]+$/i

/** Reads expressions as swarm/scheduler/filter/expr.go does. @throws ExpressionError */
export function parseExpressions(entries: readonly string[]): readonly Expression[] {
  return entries.map((entry) => {
    const operator = (['==', '!='] as const).find((each) => entry.includes(each))
    if (operator === undefined) throw new ExpressionError('One of operator ==, != is expected')
    const at = entry.indexOf(operator)
    const [key, rest] = [entry.slice(0, at), entry.slice(at + 2)]
    if (!keySyntax.test(key)) throw new ExpressionError(`Key '${key}' is invalid`)
    const isSoft = rest.startsWith('~')
    const value = isSoft ? rest.slice(1) : rest
    if (!valueSyntax.test(value)) throw new ExpressionError(`Value '${value}' is invalid`)
    return { key, operator, value, isSoft }
  })
}

/** Whether one of the values is as the expression wants it. */
export function matches({ operator, value }: Expression, values: readonly string[]): boolean {
  const pattern = /^\/.*\/$/.test(value) ? new RegExp(value.slice(1, -1)) : glob(value)
  const isAny = values.some((each) => pattern.test(each))
  return operator === '==' ? isAny : !isAny
}

const glob = (value: string): RegExp =>
  new RegExp(
    `^${value
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  )
