/** Something the lab needs is missing or failed: what happened, and what to do about it. */
export class LabError extends Error {
  readonly remedy: string | undefined

  constructor(message: string, remedy?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'LabError'
    this.remedy = remedy
  }
}

/** The text of any error, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
