import { describe, expect, it } from 'vitest'
import type { Endpoint, SourceKind, Target } from '../../../../src/core/model/target'
import { dedupeTargets } from '../../../../src/core/targets/dedupe-targets'
import { parseHostUrl } from '../../../../src/core/targets/parse-host-url'

const aTarget = (source: SourceKind, name: string, url: string, isDisabled = false): Target => ({
  id: `${source}:${name}`,
  name,
  source,
  endpoint: parseHostUrl(url),
  isDisabled,
})

describe('dedupeTargets', () => {
  it('keeps the first of those that lead to the same place, also where it is disabled', () => {
    const mine = aTarget('settings', 'tolkewitz', 'ssh://root@10.0.0.1', true)
    const other = aTarget('settings', 'lindenau', 'ssh://root@10.0.0.2')
    const context = aTarget('context', 'prod', 'ssh://root@10.0.0.1:22')
    const local = aTarget('local', 'local', 'unix:///var/run/docker.sock')
    const again = aTarget('context', 'desktop', 'unix:///run/docker.sock')
    expect(dedupeTargets([mine, other, context, local, again])).toEqual([mine, other, local])
  })

  it('keeps what a later entry for the same place knows besides', () => {
    const tls = (ca: string): Endpoint => ({ kind: 'tls', host: '10.0.0.1', port: 2376, files: { ca } })
    const ssh = parseHostUrl('ssh://root@10.0.0.1')
    const machine = { name: 'm', driver: 'generic', store: '/store', engineFlags: [], engineLabels: [] }
    const context: Target = { ...aTarget('context', 'prod', 'tcp://x'), endpoint: tls('/context/ca.pem') }
    const stored: Target = {
      ...aTarget('docker-machine', 'm', 'tcp://x'),
      endpoint: tls('/store/ca.pem'),
      otherEndpoints: [ssh],
      machine,
    }
    expect(dedupeTargets([context, stored])).toEqual([
      { ...context, otherEndpoints: [tls('/store/ca.pem'), ssh], machine },
    ])
    expect(dedupeTargets([context, { ...stored, endpoint: tls('/context/ca.pem') }])).toEqual([
      { ...context, otherEndpoints: [ssh], machine },
    ])
  })

  it('keeps each target that has no way in yet', () => {
    const none = (name: string): Target => ({
      ...aTarget('docker-machine', name, 'tcp://x'),
      endpoint: { kind: 'none', reason: 'no address' },
    })
    expect(dedupeTargets([none('a'), none('b')])).toHaveLength(2)
  })

  it('keeps one target for an id', () => {
    const one = aTarget('settings', 'a', 'tcp://a')
    expect(dedupeTargets([one, aTarget('settings', 'a', 'tcp://b')])).toEqual([one])
  })
})
