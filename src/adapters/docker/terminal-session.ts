import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import { closeWith, type EngineStream } from './engine-stream'
import { readMultiplexed } from './multiplex'
import { defined } from './records/schema'

/** What an attachment and a shell do differently. */
export interface SessionParts {
  readonly stream: EngineStream<Duplex>
  readonly hasTty: boolean
  readonly inputClosedReason?: string | undefined
  /** Sends a size to the far side's terminal. */
  readonly sendSize: (size: TerminalSize) => Promise<void>
  /** How the process ended; undefined while it runs. */
  readonly readExitCode: () => Promise<number | undefined>
  /** Written before leaving, where the far side is to notice. */
  readonly goodbye?: string
  readonly onWrite?: (data: string) => void
  /** An error of the output as ours. */
  readonly failure: (error: unknown) => Error
}

/** The engine closes the stream a moment before it notes the exit status; where it was a detach, it never does. */
const statusTries = 6
const statusPauseMs = 100

/** A terminal session over a hijacked connection, which is closed when the session is. */
export function terminalSession(parts: SessionParts): TerminalSession {
  const { stream, hasTty, inputClosedReason, goodbye } = parts
  let hasLeft = false
  return defined({
    hasTty,
    inputClosedReason,
    output: hasTty ? stream.read() : readPlain(parts),
    write: (data: string) => {
      if (inputClosedReason !== undefined || hasLeft || !stream.stream.writable) return
      parts.onWrite?.(data)
      stream.stream.write(data)
    },
    resize: async (size: TerminalSize) => {
      if (hasTty && !hasLeft) await parts.sendSize(size)
    },
    close: () => {
      if (hasLeft) return
      hasLeft = true
      if (goodbye !== undefined) closeWith(goodbye, stream)
      else stream.close()
    },
    exitCode: async () => {
      for (let tries = 0; tries < statusTries && !hasLeft; tries++) {
        const code = await parts.readExitCode()
        if (code !== undefined) return code
        await delay(statusPauseMs)
      }
      return undefined
    },
  })
}

async function* readPlain({ stream, failure }: SessionParts): AsyncGenerator<Uint8Array> {
  try {
    for await (const { data } of readMultiplexed(stream.read())) yield data
  } catch (error) {
    throw failure(error)
  }
}
