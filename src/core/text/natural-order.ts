const collator = new Intl.Collator('en', { numeric: true })

/** Names as a person reads them: `web-2` before `web-10`. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b)
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(a.name, b.name)
}
