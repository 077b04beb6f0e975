import type { LineFixes } from '../../../src/app/contract/line-fixes'

/** A workspace without contracts. */
export const noLineFixes: LineFixes = { of: () => [], apply: () => Promise.resolve() }
