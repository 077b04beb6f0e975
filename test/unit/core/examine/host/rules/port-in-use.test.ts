import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

describe('port-in-use', () => {
  it('names who has the port', () => {
    const log = ['failed to load listeners: listen tcp 0.0.0.0:2376: bind: address already in use']
    const listening = [{ protocol: 'tcp', address: '0.0.0.0', port: 2376, process: 'stunnel' } as const]
    expect(only('port-in-use', failed({ log, listening })).details).toEqual({ port: 2376, process: 'stunnel' })
  })
})
