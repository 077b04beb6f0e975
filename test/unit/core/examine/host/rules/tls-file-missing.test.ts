import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

import { someTls } from './certificates'

describe('tls-file-missing', () => {
  it('names the file', () => {
    const tls = someTls({
      files: [{ role: 'cert', path: '/etc/docker/server.pem', state: 'missing' }],
      certificates: [],
    })
    const found = only(
      'tls-file-missing',
      failed({ tls, log: ['failed to load listeners: could not load X509 key pair'] }),
    )
    expect(found.title).toBe('The engine’s server certificate /etc/docker/server.pem does not exist')
    expect(found.details).toEqual({ role: 'cert', file: '/etc/docker/server.pem' })
  })
})
