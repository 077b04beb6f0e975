import { expect, it } from 'vitest'
import { OneAtATime } from '../../../src/app/one-at-a-time'

const settle = () => new Promise((resolve) => setImmediate(resolve))

it('starts a task when the one before it is done, also where that failed', async () => {
  const queue = new OneAtATime()
  const log: string[] = []
  let fail: (error: Error) => void = () => undefined
  const first = queue.run(() => {
    log.push('first')
    return new Promise<never>((_resolve, reject) => (fail = reject))
  })
  const second = queue.run(() => {
    log.push('second')
    return Promise.resolve(2)
  })
  await settle()
  expect(log).toEqual(['first'])
  fail(new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe(2)
  expect(log).toEqual(['first', 'second'])
})
