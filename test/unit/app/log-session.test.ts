import { describe, expect, it } from 'vitest'
import { openLogSession } from '../../../src/app/log-session'
import { SwarmNetworksError } from '../../../src/core/errors'
import type { ContainerClient, LogChunk } from '../../../src/core/ports/engine'
import { aContainer, anId } from '../builders'

const options = { follow: true, tail: 10, timestamps: false }

interface Behaviour {
  readonly chunks?: readonly LogChunk[]
  /** After the chunks: the stream fails, stays open until its signal ends it, or ends. */
  readonly then?: 'fails' | 'stays'
  readonly status?: string
  readonly hasTty?: boolean
}

function chunk(text: string, stream: LogChunk['stream'] = 'stdout'): LogChunk {
  return { stream, data: new TextEncoder().encode(text) }
}

function containersThat({ chunks = [], then, status = 'Up 1 minute', hasTty = false }: Behaviour) {
  const signals: AbortSignal[] = []
  async function* stream(signal: AbortSignal) {
    yield* chunks
    if (then === 'fails') throw new SwarmNetworksError('unreachable', 'lost')
    if (then === 'stays')
      await new Promise((_resolve, reject) => {
        const stop = () => reject(new SwarmNetworksError('cancelled', 'closed'))
        if (signal.aborted) stop()
        signal.addEventListener('abort', stop)
      })
  }
  const client: Partial<ContainerClient> = {
    inspect: () => Promise.resolve({ raw: {}, hasTty, isStdinOpen: false, isStdinOnce: false, isRunning: true }),
    logs: (_id, _options, signal) => {
      signals.push(signal)
      return Promise.resolve(stream(signal))
    },
    list: () => Promise.resolve(status === '' ? [] : [aContainer({ status })]),
  }
  // Only what a log needs; anything else fails the test.
  return { source: { containers: client as ContainerClient, containerId: anId('web'), options }, signals }
}

async function textOf(output: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const data of output) text += new TextDecoder().decode(data)
  return text
}

describe('openLogSession', () => {
  it('gives standard output and error as they come', async () => {
    const { source } = containersThat({ chunks: [chunk('one\n'), chunk('two\n', 'stderr')] })
    const session = await openLogSession(source, new AbortController().signal)
    expect(await textOf(session.output)).toBe('one\ntwo\n')
  })

  it.each([true, false])('says whether lines end as a terminal has them: %s', async (hasTty) => {
    const session = await openLogSession(containersThat({ hasTty }).source, new AbortController().signal)
    expect(session.hasTty).toBe(hasTty)
  })

  it('takes no input, and says so', async () => {
    const session = await openLogSession(containersThat({}).source, new AbortController().signal)
    expect(session.inputClosedReason).toContain('nothing can be typed')
    session.write('x')
    await expect(session.resize({ columns: 1, rows: 1 })).resolves.toBeUndefined()
  })

  it('ends without an error when it is closed, and ends the request', async () => {
    const { source, signals } = containersThat({ chunks: [chunk('one\n')], then: 'stays' })
    const session = await openLogSession(source, new AbortController().signal)
    const text = textOf(session.output)
    session.close()
    session.close()
    expect(await text).toBe('one\n')
    expect(signals[0]?.aborted).toBe(true)
  })

  it('goes on when the signal of its opening ends later', async () => {
    const opening = new AbortController()
    const { source, signals } = containersThat({ then: 'stays' })
    await openLogSession(source, opening.signal)
    opening.abort()
    expect(signals[0]?.aborted).toBe(false)
  })

  it('does not open once it was cancelled', async () => {
    const { source, signals } = containersThat({ then: 'stays' })
    await openLogSession(source, AbortSignal.abort())
    expect(signals[0]?.aborted).toBe(true)
  })

  it('passes on that the connection was lost', async () => {
    const { source } = containersThat({ chunks: [chunk('one\n')], then: 'fails' })
    const session = await openLogSession(source, new AbortController().signal)
    await expect(textOf(session.output)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it.each([
    ['Exited (137) 3 seconds ago', 137],
    ['Exited (0) 3 seconds ago', 0],
    ['Up 3 minutes', undefined],
    ['', undefined],
  ])('knows from %j with what the container ended', async (status, code) => {
    const session = await openLogSession(containersThat({ status }).source, new AbortController().signal)
    expect(await session.exitCode()).toBe(code)
  })
})
