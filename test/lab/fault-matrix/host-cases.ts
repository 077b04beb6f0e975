import type { FaultCase } from './cases'
export const hostCases: readonly FaultCase[] = []
