import { describe, expect, it } from 'vitest'
import { settledWithin } from '../../../src/app/settled-within'
import { SwarmNetworksError } from '../../../src/core/errors'

/** A fleet that settles when its waiting is over, as the real one does. */
const never = {
  settled: (signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      const onAbort = () => reject(new SwarmNetworksError('cancelled', 'Waiting was cancelled'))
      if (signal.aborted) onAbort()
      else signal.addEventListener('abort', onAbort)
    }),
}

describe('waiting for hosts', () => {
  it('ends without a word when it was long enough', async () => {
    await settledWithin(never, 1)
  })

  it('is cancelled by whoever waits', async () => {
    const end = new AbortController()
    const waiting = settledWithin(never, 60_000, end.signal)
    end.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('passes on what is no matter of time', async () => {
    const broken = { settled: () => Promise.reject(new Error('defect')) }
    await expect(settledWithin(broken, 60_000)).rejects.toThrow('defect')
  })
})
