/** Causes that the matrix does not make, with the reason; each has a unit test on evidence of its form. */
export const notMadeHere: readonly { readonly cause: string; readonly why: string }[] = [
  { cause: 'cloned-node', why: 'takes a copy of a whole machine' },
]
