import { describe, expect, it } from 'vitest'
import { failureOfAll } from '../../../../src/adapters/docker/failed-ways'
import { SwarmNetworksError, describeError, type ErrorCode } from '../../../../src/core/errors'
import type { Endpoint } from '../../../../src/core/model/target'

const tls: Endpoint = { kind: 'tls', host: '198.18.0.2', port: 2376, files: {} }
const ssh: Endpoint = { kind: 'ssh', host: '198.18.0.2', user: 'root' }

const failing = (endpoint: Endpoint, code: ErrorCode) => ({
  endpoint,
  failure: new SwarmNetworksError(code, `${endpoint.kind} says ${code}`, {
    host: 'tolkewitz',
    remedy: `Mend ${endpoint.kind}.`,
  }),
})

const of = (first: ErrorCode, second: ErrorCode) => failureOfAll([failing(tls, first), failing(ssh, second)])

describe('one failure for all ways in', () => {
  it('is that of the only way, as it is', () => {
    const { failure } = failing(tls, 'timeout')
    expect(failureOfAll([{ endpoint: tls, failure }])).toBe(failure)
  })

  it.each([
    ['a stopped engine, not the port that is closed for it', 'unreachable', 'engine-stopped', 'ssh'],
    ['a refused certificate, not the SSH that is closed', 'unauthorized', 'unreachable', 'tls'],
    ['an expired certificate of the engine, not the SSH that is silent', 'certificate', 'timeout', 'tls'],
    ['a host key that changed, whatever else is wrong', 'unauthorized', 'host-key-changed', 'ssh'],
    ['a host key that somebody has to confirm', 'unreachable', 'host-key-unknown', 'ssh'],
    ['a login that was refused, so that it is not tried again by itself', 'timeout', 'unauthorized', 'ssh'],
    ['a host that is down, not the files that are missing here', 'invalid-input', 'unreachable', 'ssh'],
    ['what SSH saw on the host, not the port that is closed', 'unreachable', 'unreachable', 'ssh'],
    ['what SSH saw on the host, not the port that a firewall hides', 'timeout', 'unreachable', 'ssh'],
    ['an engine that answered, not the SSH that is closed', 'api-version', 'unreachable', 'tls'],
  ] as const)('is %s', (_, first, second, kind) => {
    const failure = of(first, second)
    expect(failure).toMatchObject({ code: kind === 'tls' ? first : second, remedy: `Mend ${kind}.`, host: 'tolkewitz' })
  })

  it('names what the others said', () => {
    expect(describeError(of('unreachable', 'engine-stopped'))).toBe(
      'tolkewitz: ssh says engine-stopped (no other way in works: https://198.18.0.2:2376: tls says unreachable. Mend tls.). Mend ssh.',
    )
  })

  it('is said of a target without any way too', () => {
    expect(failureOfAll([])).toMatchObject({ code: 'invalid-input' })
  })
})
