import { describe, expect, it } from 'vitest'
import type { Endpoint, Target } from '../../../../src/core/model/target'
import { sshWay } from '../../../../src/core/targets/ssh-way'

const tcp: Endpoint = { kind: 'tcp', host: 'tolkewitz', port: 2375 }
const ssh: Endpoint = { kind: 'ssh', host: 'tolkewitz' }
const target = (endpoint: Endpoint, otherEndpoints: readonly Endpoint[] = []): Target => ({
  ...{ id: 'settings:tolkewitz', name: 'tolkewitz', source: 'settings', isDisabled: false },
  ...{ endpoint, otherEndpoints },
})

describe('sshWay', () => {
  it('is the SSH endpoint, wherever it stands', () => {
    expect(sshWay(target(ssh))).toBe(ssh)
    expect(sshWay(target(tcp, [ssh]))).toBe(ssh)
  })

  it('is undefined where there is none', () => {
    expect(sshWay(target(tcp))).toBeUndefined()
  })
})
