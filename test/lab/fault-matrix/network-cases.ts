import type { FaultCase } from './cases'
export const networkCases: readonly FaultCase[] = []
