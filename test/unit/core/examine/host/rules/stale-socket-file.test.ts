import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

describe('stale-socket-file', () => {
  it('tells a folder in the place of the socket', () => {
    const socketFiles = [{ path: '/run/docker.sock', type: 'directory', isServed: false } as const]
    const log = [`failed to load listeners: can't create unix socket /var/run/docker.sock: is a directory`]
    const found = only('stale-socket-file', failed({ socketFiles, log }))
    expect(found.title).toBe('/run/docker.sock is a folder in the place of the engine’s socket')
    expect(found.evidence).toHaveLength(2)
  })
})
