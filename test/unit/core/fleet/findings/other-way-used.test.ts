import { describe, expect, it } from 'vitest'
import { withFindings } from '../../../../../src/core/fleet/findings/find-host-findings'
import type { Host } from '../../../../../src/core/model/host'
import type { Endpoint } from '../../../../../src/core/model/target'
import { aHost, noon } from '../../../builders'

const tls: Endpoint = { kind: 'tls', host: '198.18.0.2', port: 2376, files: {} }
const ssh: Endpoint = { kind: 'ssh', host: '198.18.0.2', user: 'root' }

function findings(host: Host) {
  return withFindings({ hosts: [host], snapshots: [], now: noon })[0]?.findings
}

describe('other-way-used', () => {
  it('names the way that is used, and each before it with its reason', () => {
    const reason = 'the engine refused our certificate.'
    const host = aHost('tolkewitz', { over: { way: { endpoint: ssh, failed: [{ endpoint: tls, reason }] } } })
    expect(findings(host)).toEqual([
      expect.objectContaining({
        cause: 'other-way-used',
        title: 'It is reached over ssh://root@198.18.0.2, because a way that comes first failed',
        evidence: ['https://198.18.0.2:2376: the engine refused our certificate.'],
      }),
    ])
  })

  it('says nothing of a host that its first way leads to', () => {
    const host = aHost('tolkewitz', { over: { way: { endpoint: tls, failed: [] } } })
    expect(findings(host)).toBeUndefined()
  })

  it('leaves the identity of a host alone that nothing is found about', () => {
    const host = aHost()
    expect(withFindings({ hosts: [host], snapshots: [], now: noon })[0]).toBe(host)
  })
})
