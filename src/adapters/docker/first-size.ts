import { setTimeout as delay } from 'node:timers/promises'
import { SwarmNetworksError, type ErrorCode } from '../../core/errors'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'

const tries = 5
const firstPauseMs = 20

/** What the engine answers while the process is not up yet, or no more (moby's texts and statuses differ). */
const notNow: readonly ErrorCode[] = ['not-found', 'conflict', 'engine-error']

/**
 * Sends a new session its first size. The engine refuses it until the process is up, and again when it has ended: its
 * output and its status tell that, so a size that is never taken is no reason to fail.
 */
export async function sendFirstSize(session: TerminalSession, size: TerminalSize): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await session.resize(size)
      return
    } catch (error) {
      if (!SwarmNetworksError.is(error, ...notNow)) {
        session.close()
        throw error
      }
      if (tried === tries) return
      await delay(firstPauseMs * 2 ** tried)
    }
  }
}
