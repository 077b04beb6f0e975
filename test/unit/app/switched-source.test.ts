import { describe, expect, it } from 'vitest'
import { switchedSource } from '../../../src/app/switched-source'
import type { Disposable, SourceReading } from '../../../src/core/ports/environment'

function aSource() {
  const listeners = { source: new Set<() => void>(), control: new Set<() => void>() }
  const listen =
    (to: Set<() => void>) =>
    (listener: () => void): Disposable => {
      to.add(listener)
      return { dispose: () => void to.delete(listener) }
    }
  const reading: SourceReading = { targets: [], problems: ['read'] }
  const state = { isOn: true, reads: 0 }
  const source = switchedSource(
    {
      id: 'context',
      read: () => {
        state.reads++
        return Promise.resolve(reading)
      },
      onDidChange: listen(listeners.source),
    },
    { isOn: () => state.isOn, onDidChange: listen(listeners.control) },
  )
  return { source, state, listeners, reading }
}

describe('switchedSource', () => {
  const { signal } = new AbortController()

  it('reads while it is on', async () => {
    const { source, reading } = aSource()
    expect(source.id).toBe('context')
    expect(await source.read(signal)).toBe(reading)
  })

  it('holds nothing and reads nothing while it is off', async () => {
    const { source, state } = aSource()
    state.isOn = false
    expect(await source.read(signal)).toEqual({ targets: [], problems: [] })
    expect(state.reads).toBe(0)
  })

  it('tells of both changes until it is disposed', () => {
    const { source, listeners } = aSource()
    let changes = 0
    const subscription = source.onDidChange(() => changes++)
    for (const set of Object.values(listeners)) for (const listener of set) listener()
    expect(changes).toBe(2)
    subscription.dispose()
    expect([...listeners.source, ...listeners.control]).toEqual([])
  })
})
