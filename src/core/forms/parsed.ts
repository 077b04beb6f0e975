/** What a form made of what was typed: a value, or what is wrong with it for the person who typed it. */
export type Parsed<T> =
  { readonly isValid: true; readonly value: T } | { readonly isValid: false; readonly problem: string }

/** What was typed stands for `value`. */
export function valid<T>(value: T): Parsed<T> {
  return { isValid: true, value }
}

/** What was typed cannot be used; `problem` is a sentence for the person who typed it. */
export function invalid(problem: string): { readonly isValid: false; readonly problem: string } {
  return { isValid: false, problem }
}

/** For an input's `validate`: the problem, or undefined. */
export function problemOf(parsed: Parsed<unknown>): string | undefined {
  return parsed.isValid ? undefined : parsed.problem
}
