import type { ErrorCode } from '../errors'

const firstMs = 1_000
const longestMs = 15_000

/**
 * How long to wait before the next try to connect, in milliseconds: 1, 2, 4, 8, then 15 seconds, and so on for ever.
 * Undefined where trying again by itself would do harm or ask the user the same question again: a refused login may get
 * an address banned, and a host key is a person's decision. Those wait for the user's own refresh.
 *
 * @param attempt how many tries have failed in a row before this one; 0 for the first failure
 */
export function retryDelay(code: ErrorCode, attempt: number): number | undefined {
  switch (code) {
    case 'unauthorized':
    case 'host-key-unknown':
    case 'host-key-changed':
    case 'invalid-input':
    case 'cancelled':
      return undefined
    default:
      return Math.min(firstMs * 2 ** Math.min(attempt, 10), longestMs)
  }
}
