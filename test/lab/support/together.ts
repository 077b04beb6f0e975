/**
 * Runs all of `works` side by side and gives their results. The first that fails aborts the signal of the others; its
 * error is thrown when all of them have ended, so that nothing goes on behind the caller's back.
 */
export async function together<T>(
  signal: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<readonly T[]> {
  const failure = new AbortController()
  const both = AbortSignal.any([signal, failure.signal])
  const settled = await Promise.allSettled(
    works.map((work) =>
      work(both).catch((error: unknown) => {
        failure.abort(error)
        throw error
      }),
    ),
  )
  both.throwIfAborted()
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}
