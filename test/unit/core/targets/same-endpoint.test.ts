import { describe, expect, it } from 'vitest'
import { parseHostUrl } from '../../../../src/core/targets/parse-host-url'
import { sameEndpoint } from '../../../../src/core/targets/same-endpoint'

const same = (a: string, b: string) => sameEndpoint(parseHostUrl(a), parseHostUrl(b))

describe('sameEndpoint', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///run/docker.sock'],
    ['npipe:////./pipe/Docker_Engine', 'npipe:////./pipe/docker_engine'],
    ['tcp://H', 'tcp://h:2375'],
    ['https://h', 'https://h:2376'],
    ['ssh://me@h', 'ssh://me@H:22/var/run/docker.sock'],
    ['ssh://h/run/docker.sock', 'ssh://h'],
  ])('holds %s and %s for the same', (a, b) => expect(same(a, b)).toBe(true))

  it.each([
    ['unix:///a', 'unix:///A'],
    ['tcp://h:2376', 'https://h:2376'],
    ['tcp://h:1', 'tcp://h:2'],
    ['ssh://h', 'ssh://me@h'],
    ['ssh://h', 'ssh://h:2222'],
    ['ssh://h', 'ssh://h/run/user/1000/docker.sock'],
    ['ssh://h', 'tcp://h:22'],
  ])('tells %s from %s', (a, b) => expect(same(a, b)).toBe(false))

  it('does not look at keys and certificates', () => {
    const ssh = { kind: 'ssh', host: 'h' } as const
    expect(sameEndpoint(ssh, { ...ssh, identityFiles: ['/k'] })).toBe(true)
    const tls = { kind: 'tls', host: 'h', port: 1, files: {} } as const
    expect(sameEndpoint(tls, { ...tls, files: { ca: '/ca' } })).toBe(true)
  })
})
