import { describe, expect, it } from 'vitest'
import {
  addressFor,
  checkHostName,
  checkKeyPath,
  hostKindOf,
  parseHostAddress,
  suggestHostName,
} from '../../../../src/core/forms/host-form'
import { hostsForNetwork } from '../../../../src/core/forms/hosts-for-network'
import { isPredefined, isReservedName } from '../../../../src/core/forms/predefined-networks'
import { aBridge, aFleet, aHost, anOverlay, aSilentHost } from '../../builders'

describe('parseHostAddress', () => {
  it.each([
    ['ssh', 'admin@x:2222', 'ssh://admin@x:2222'],
    ['ssh', 'ssh://x', 'ssh://x'],
    ['tls', 'x', 'tcp://x'],
    ['tls', 'https://x:2376', 'https://x:2376'],
    ['tcp', 'http://x:1', 'http://x:1'],
    ['socket', '/run/d.sock', 'unix:///run/d.sock'],
    ['socket', '\\\\.\\pipe\\docker', 'npipe://\\\\.\\pipe\\docker'],
    ['socket', 'npipe:////./pipe/docker', 'npipe:////./pipe/docker'],
  ] as const)('%s %j is %s', (kind, text, url) => {
    expect(parseHostAddress(kind, text)).toEqual({ isValid: true, value: url })
  })

  it.each([
    ['ssh', '', 'For instance'],
    ['ssh', 'unix:///x', 'another way in'],
    ['socket', 'run/d.sock', 'does not start with a slash'],
    ['tcp', 'x/path', 'cannot be followed'],
  ] as const)('%s refuses %j', (kind, text, problem) => {
    expect(parseHostAddress(kind, text)).toEqual({
      isValid: false,
      problem: expect.stringContaining(problem) as string,
    })
  })
})

it('suggests a name and refuses one that is taken', () => {
  expect(suggestHostName('ssh://admin@tolkewitz.example:22')).toBe('tolkewitz.example')
  expect(suggestHostName('unix:///run/d.sock')).toBe('local')
  expect(checkHostName('a', ['a'])).toContain('already')
  expect(checkHostName('', [])).toContain('needs a name')
  expect(checkHostName('b', ['a'])).toBeUndefined()
})

it.each([
  ['ssh', 'admin@x:22', 'ssh', 'admin@x:22'],
  ['tls', 'ssh://admin@x:2222/run/d.sock', 'ssh', 'x'],
  ['ssh', 'tcp://x:2376', 'tls', 'x'],
  ['tcp', 'https://[fd00::1]:2376', 'tls', '[fd00::1]:2376'],
  ['ssh', 'unix:///run/d.sock', 'socket', ''],
  ['socket', 'x:2375', 'tcp', ''],
  ['ssh', 'x', undefined, 'x'],
] as const)('for %s keeps of %s, which was for %s, what still fits', (kind, address, before, kept) => {
  expect(addressFor(kind, address, before)).toBe(kept)
})

it.each([
  ['ssh://x', undefined, 'ssh'],
  ['tcp://x', undefined, 'tcp'],
  ['tcp://x', {}, 'tls'],
  ['https://x', undefined, 'tls'],
  ['unix:///d.sock', undefined, 'socket'],
  ['npipe:////./pipe/docker_engine', undefined, 'socket'],
] as const)('knows what kind of way %s is', (url, tls, kind) => {
  expect(hostKindOf(url, tls)).toBe(kind)
})

it('takes whole paths of either system for keys, and no keys', () => {
  for (const path of [
    '',
    '/m/key.pem',
    '~/key.pem',
    '~\\key.pem',
    'C:\\keys\\key.pem',
    'c:/key.pem',
    '\\\\nas\\key.pem',
  ])
    expect(checkKeyPath(path)).toBeUndefined()
  for (const path of ['key.pem', './key.pem', 'keys/key.pem', '~other/key.pem'])
    expect(checkKeyPath(path)).toContain('whole path')
  expect(checkKeyPath('-----BEGIN RSA PRIVATE KEY-----')).toContain('the path of its file')
})

it.each([
  [aBridge(), true],
  [aBridge({ name: 'host', driver: 'host' }), true],
  [aBridge({ name: 'docker_gwbridge' }), true],
  [anOverlay({ name: 'ingress', isIngress: true }), true],
  [anOverlay(), false],
  [aBridge({ name: 'mine' }), false],
  // Somebody may call an overlay like a local network of the engine.
  [anOverlay({ name: 'none' }), false],
])('knows the engine’s own networks: %#', (network, answer) => {
  expect(isPredefined(network)).toBe(answer)
})

it('keeps names free that mean something else', () => {
  expect(['bridge', 'default', 'container', 'ingress'].every(isReservedName)).toBe(true)
  expect(isReservedName('gnswarm')).toBe(false)
})

describe('hostsForNetwork', () => {
  const mine = aBridge({ name: 'mine' })
  const global = anOverlay({ name: 'global', scope: 'global' })
  const store = 'consul://198.18.0.9:8500'
  const fleet = aFleet([
    aHost('tolkewitz', { networks: [anOverlay()] }),
    aHost('miltitz', { role: 'worker', networks: [mine] }),
    aHost('paused', { role: 'worker', networks: [mine], over: { availability: 'pause' } }),
    aHost('stranger', { role: 'none' }),
    aSilentHost('lindenau'),
    aHost('kaditz', { role: 'none', store, networks: [global] }),
    aHost('laubegast', { role: 'none', store }),
  ])
  const names = (network: string, host?: string) => {
    const found = fleet.networks.find(
      ({ name, hosts }) => name === network && (host === undefined || hosts.includes(host)),
    )
    return hostsForNetwork(fleet, found!).map(({ name }) => name)
  }

  it('are all active nodes for a swarm’s network, whether they list it or not', () => {
    expect(names('gnswarm')).toEqual(['tolkewitz', 'miltitz'])
  })

  it('is its own host for a local one, whatever the swarm thinks of that', () => {
    expect(names('mine', 'paused')).toEqual(['paused'])
  })

  it('are all that share the store for a key-value store’s, whether they list it yet or not', () => {
    expect(names('global')).toEqual(['kaditz', 'laubegast'])
  })

  it('are those that list it where no manager can be reached', () => {
    const workers = aFleet([aHost('miltitz', { role: 'worker', networks: [anOverlay()] }), aSilentHost('tolkewitz')])
    expect(hostsForNetwork(workers, workers.networks[0]!).map(({ name }) => name)).toEqual(['miltitz'])
  })
})
