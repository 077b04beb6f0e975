import { describe, expect, it } from 'vitest'
import { engineSilent } from '../../../../../src/core/fleet/findings/engine-silent'
import type { Host, HostFailure } from '../../../../../src/core/model/host'
import { omit } from '../../../omit'
import { aHost, aSilentHost, noon } from '../../../builders'

const find = (host: Host) => engineSilent.find(host, { hosts: [host], snapshots: [], now: noon })?.cause
const silent = (failure: Partial<HostFailure>) =>
  aSilentHost('tolkewitz', { failure: { code: 'unreachable', message: 'refused', since: noon, ...failure } })

describe('engine-silent', () => {
  it.each([
    [silent({ code: 'engine-stopped' }), 'engine-silent'],
    [silent({ code: 'socket-missing' }), 'engine-silent'],
    [silent({ step: 'socket' }), 'engine-silent'],
    [silent({ step: 'connect' }), undefined],
    [silent({}), undefined],
    [omit(silent({ code: 'engine-stopped' }), 'sshTarget'), undefined],
    [aHost('tolkewitz'), undefined],
  ])('is there only behind a login that worked', (host, cause) => {
    expect(find(host)).toBe(cause)
  })
})
