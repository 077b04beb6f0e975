import { describe, expect, it } from 'vitest'
import { causesIn, failed, only } from './found-by'

describe('stale-pid-file', () => {
  it('tells one that names another process', () => {
    const pidFiles = [{ path: '/run/docker.pid', pid: 1, process: 'systemd' }]
    const found = only('stale-pid-file', failed({ pidFiles }))
    expect(found.evidence).toEqual(['/run/docker.pid has 1, which is systemd.'])
  })

  it('lets one be that names no process: the engine overwrites it', () => {
    expect(causesIn(failed({ pidFiles: [{ path: '/run/docker.pid', pid: 4242 }] }))).toEqual(['engine-failed'])
  })
})
