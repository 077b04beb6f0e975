/** Waits until `condition` gives something that is true, and gives that. */
export async function until<T>(what: string, condition: () => T | false | undefined): Promise<T> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const value = condition()
    if (value !== undefined && value !== false) return value
    if (performance.now() > deadline) throw new Error(`waited 20 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
