/** What a new container asks of its node, as docker/swarm reads it (scheduler/filter/expr.go): `site==north`, `container!=web`. */
export interface Expression {
  readonly key: string
  readonly isNegated: boolean
  /** Text with `*` for any characters, or a regular expression between slashes. */
  readonly pattern: string
  /** `==~` and `!=~`: a wish; where it cannot be met, it does not count. */
  readonly isWish: boolean
}

/** Anything else is refused by the manager. */
const keySyntax = /^[a-z_][a-z0-9\-_.]+$/i
const patternSyntax = /^(?=.)[a-z0-9:\-_\s./()?+*[\]\\^$|]+$/i

/** Undefined where the manager would not understand it. */
export function parseExpression(text: string): Expression | undefined {
  const [, key = '', operator, wish, pattern = ''] = /^([^=!]+)(==|!=)(~?)(.*)$/s.exec(text) ?? []
  if (!keySyntax.test(key) || !patternSyntax.test(pattern) || !isPattern(pattern)) return undefined
  return { key, isNegated: operator === '!=', pattern, isWish: wish === '~' }
}

/** Whether these values meet the expression; for "is not", none of them may be what it names. */
export function isMet({ isNegated, pattern }: Expression, values: readonly string[]): boolean {
  const wanted = toRegExp(pattern)
  return values.some((value) => wanted.test(value)) !== isNegated
}

/** Whether it names exactly one value, so that something that is not there must be a mistake. */
export function isExact({ pattern, isWish, isNegated }: Expression): boolean {
  return !isWish && !isNegated && !isRegExp(pattern) && !pattern.includes('*')
}

const isRegExp = (pattern: string): boolean => pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/')

function isPattern(pattern: string): boolean {
  try {
    toRegExp(pattern)
    return true
  } catch {
    return false
  }
}

function toRegExp(pattern: string): RegExp {
  if (!isRegExp(pattern))
    return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i')
  // Go's own way to say that case does not count.
  const [, insensitive, source = ''] = /^\/(\(\?i\))?(.*)\/$/s.exec(pattern) ?? []
  return new RegExp(source, insensitive === undefined ? '' : 'i')
}
