import { describe, expect, it } from 'vitest'
import { SwarmNetworksError, describeError } from '../../../../src/core/errors'
import type { Endpoint, TlsFiles } from '../../../../src/core/model/target'
import { formatEndpoint } from '../../../../src/core/targets/format-endpoint'
import { parseHostUrl } from '../../../../src/core/targets/parse-host-url'

const good: readonly (readonly [url: string, endpoint: Endpoint, canonical?: string])[] = [
  ['unix:///var/run/docker.sock', { kind: 'unix', path: '/var/run/docker.sock' }],
  ['unix:///odd/%41?#.sock', { kind: 'unix', path: '/odd/%41?#.sock' }],
  ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '//./pipe/docker_engine' }],
  [
    String.raw`npipe://\\.\pipe\docker_engine`,
    { kind: 'npipe', path: '//./pipe/docker_engine' },
    'npipe:////./pipe/docker_engine',
  ],
  ['tcp://10.0.0.1:4243', { kind: 'tcp', host: '10.0.0.1', port: 4243 }],
  ['tcp://tolkewitz', { kind: 'tcp', host: 'tolkewitz', port: 2375 }, 'tcp://tolkewitz:2375'],
  ['TCP://Tolkewitz:2375/', { kind: 'tcp', host: 'Tolkewitz', port: 2375 }, 'tcp://Tolkewitz:2375'],
  ['  tcp://h:1  ', { kind: 'tcp', host: 'h', port: 1 }, 'tcp://h:1'],
  ['http://h', { kind: 'tcp', host: 'h', port: 2375 }, 'tcp://h:2375'],
  ['https://h', { kind: 'tls', host: 'h', port: 2376, files: {} }, 'https://h:2376'],
  ['https://h:65535', { kind: 'tls', host: 'h', port: 65_535, files: {} }],
  ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
  ['tcp://[2001:db8::7]', { kind: 'tcp', host: '2001:db8::7', port: 2375 }, 'tcp://[2001:db8::7]:2375'],
  ['tcp://[fe80::1%25eth0]:1', { kind: 'tcp', host: 'fe80::1%eth0', port: 1 }],
  ['tcp://[fe80::1%eth0]:1', { kind: 'tcp', host: 'fe80::1%eth0', port: 1 }, 'tcp://[fe80::1%25eth0]:1'],
  ['ssh://tolkewitz', { kind: 'ssh', host: 'tolkewitz' }],
  ['ssh://tolkewitz/', { kind: 'ssh', host: 'tolkewitz' }, 'ssh://tolkewitz'],
  ['ssh://root@tolkewitz:2222', { kind: 'ssh', user: 'root', host: 'tolkewitz', port: 2222 }],
  [
    'ssh://me@[::1]:22/run/user/1000/docker.sock',
    { kind: 'ssh', user: 'me', host: '::1', port: 22, socketPath: '/run/user/1000/docker.sock' },
  ],
  ['ssh://me%40corp@h/a%20b%3F', { kind: 'ssh', user: 'me@corp', host: 'h', socketPath: '/a b?' }],
]

const bad: readonly (readonly [url: string, offendingPart: string, tls?: TlsFiles])[] = [
  ['', 'has no scheme'],
  ['tolkewitz:2375', '"tolkewitz:2375" has no scheme'],
  ['ftp://h', 'ftp://, which is not known'],
  ['unix://var/run/docker.sock', '"var/run/docker.sock"'],
  ['unix:///', '"/"'],
  ['npipe:///pipe/x', '"/pipe/x"'],
  ['npipe:////./mailslot/x', '"//./mailslot/x"'],
  ['tcp://', 'host is missing'],
  ['tcp://:2375', 'host is missing'],
  ['tcp://h:', 'port ""'],
  ['tcp://h:0', 'port "0"'],
  ['tcp://h:65536', 'port "65536"'],
  ['tcp://h:http', 'port "http"'],
  ['tcp://h/v1.24', '"/v1.24"'],
  ['tcp://h?x=1', '"?x=1"'],
  ['ssh://h#x', '"#x"'],
  ['tcp://me@h', 'names a user'],
  ['tcp://::1', '"::1"'],
  ['tcp://[::1', '"[::1"'],
  ['tcp://[1.2.3.4]:1', '"[1.2.3.4]"'],
  ['tcp://a b:1', 'blank'],
  ['tcp://a\u0000b:1', 'control character'],
  ['ssh://-oProxyCommand=x', '"-oProxyCommand=x"'],
  ['ssh://-l@h', '"-l"'],
  ['ssh://@h', '"" is no user'],
  ['ssh://%zz@h', '"%zz"'],
  ['ssh://h', 'not with ssh://', { ca: '/ca.pem' }],
]

describe('parseHostUrl', () => {
  it.each(good.map(([url, endpoint, canonical = url]) => ({ url, endpoint, canonical })))('reads $url', (row) => {
    const { url, endpoint, canonical } = row
    expect(parseHostUrl(url)).toEqual(endpoint)
    expect(formatEndpoint(endpoint)).toBe(canonical)
    expect(parseHostUrl(formatEndpoint(endpoint))).toEqual(endpoint)
  })

  it('makes tcp:// and https:// TLS endpoints where files are given', () => {
    const files = { ca: '/c/ca.pem' }
    expect(parseHostUrl('tcp://h', files)).toEqual({ kind: 'tls', host: 'h', port: 2376, files })
    expect(parseHostUrl('https://h:1', files)).toEqual({ kind: 'tls', host: 'h', port: 1, files })
  })

  it.each(bad.map(([url, part, tls]) => ({ url, part, tls })))('refuses $url and names $part', ({ url, part, tls }) => {
    const error = thrownBy(() => parseHostUrl(url, tls))
    expect(SwarmNetworksError.is(error, 'invalid-input')).toBe(true)
    expect(describeError(error)).toContain(part)
    expect((error as SwarmNetworksError).remedy).toMatch(/:\/\//)
  })

  it.each(['ssh://me:s3cret@h', 'tcp://me:s3cret@h', 'ssh://me:s3c@ret@h', 'ftp://me:s3cret@h', 'me:s3cret@h'])(
    'refuses %s and does not repeat the password',
    (url) => {
      const message = describeError(thrownBy(() => parseHostUrl(url)))
      expect(message).not.toMatch(/s3c|ret@/)
      if (/^(ssh|tcp)/.test(url)) expect(message).toContain('password')
    },
  )
})

function thrownBy(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error
  }
}
