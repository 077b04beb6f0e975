/** How many tests of a run ended how. */
export interface SuiteResults {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
