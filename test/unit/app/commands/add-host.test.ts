import { describe, expect, it } from 'vitest'
import { addHost } from '../../../../src/app/commands/add-host'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Answer } from '../../fakes/fake-ui'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const ssh: readonly Answer[] = [
  { pick: 'SSH' },
  { input: 'root@198.18.0.2' },
  { input: '/home/me/.ssh/id_ed25519' },
  { input: 'tolkewitz' },
]

const tls: readonly Answer[] = [
  { pick: 'TCP with TLS' },
  { input: '198.18.0.2:2376' },
  { input: '/m/ca.pem' },
  { input: '/m/cert.pem' },
  { input: '/m/key.pem' },
  { input: 'tolkewitz' },
]

const refused = new SwarmNetworksError('unauthorized', 'No key was accepted', {
  host: '198.18.0.2',
  remedy: 'Check the user.',
  step: 'authentication',
})

/** The entries that were saved. */
function saved(world: CommandWorld): readonly unknown[] {
  return world.named('settings.addHost').map(({ args }) => args[0])
}

describe('addHost', () => {
  it('connects before it saves, closes what it opened, and says what it found', async () => {
    const world = new CommandWorld({ answers: ssh })
    await world.run(addHost)
    expect(world.calls.map(({ name }) => name)).toEqual(['connect', 'system.info', 'close', 'settings.addHost'])
    expect(world.calls[0]?.args).toMatchObject([
      { endpoint: { kind: 'ssh', host: '198.18.0.2', user: 'root', identityFiles: ['/home/me/.ssh/id_ed25519'] } },
    ])
    expect(saved(world)).toEqual([
      { name: 'tolkewitz', url: 'ssh://root@198.18.0.2', identityFile: '/home/me/.ssh/id_ed25519' },
    ])
    expect(world.ui.said).toBe('tolkewitz was added: tolkewitz, engine 20.10.24, a manager of a swarm.')
  })

  it.each<readonly [string, readonly Answer[], unknown]>([
    [
      'SSH with what the SSH configuration has',
      [{ pick: 'SSH' }, { input: 'gohlis' }, { input: '' }, 'accept'],
      { name: 'gohlis', url: 'ssh://gohlis' },
    ],
    [
      'TLS',
      tls,
      {
        name: 'tolkewitz',
        url: 'tcp://198.18.0.2:2376',
        tls: { ca: '/m/ca.pem', cert: '/m/cert.pem', key: '/m/key.pem' },
      },
    ],
    [
      'TLS without a certificate of one’s own',
      [{ pick: 'TCP with TLS' }, { input: 'https://x:1' }, { input: '' }, { input: '' }, { input: 'x1' }],
      { name: 'x1', url: 'https://x:1', tls: {} },
    ],
    [
      'TCP',
      [{ pick: 'TCP' }, { input: '[fd00::1]:2375' }, { input: 'v6' }],
      { name: 'v6', url: 'tcp://[fd00::1]:2375' },
    ],
    [
      'a socket',
      [{ pick: 'Local socket or named pipe' }, { input: '/run/d.sock' }, 'accept'],
      { name: 'local', url: 'unix:///run/d.sock' },
    ],
    [
      'a named pipe',
      [{ pick: 'Local socket or named pipe' }, { input: '//./pipe/docker_engine' }, { input: 'pipe' }],
      { name: 'pipe', url: 'npipe:////./pipe/docker_engine' },
    ],
  ])('takes %s', async (_what, answers, setting) => {
    const world = new CommandWorld({ answers })
    await world.run(addHost)
    expect(saved(world)).toEqual([setting])
  })

  it('refuses each bad answer while it is typed, secrets above all', async () => {
    const world = new CommandWorld({
      hosts: [{ name: 'tolkewitz', url: 'ssh://x' }],
      answers: [
        { pick: 'SSH' },
        { input: '' },
        { input: 'tcp://x' },
        { input: 'root:secret@x' },
        { input: 'x:99999' },
        { input: 'x' },
        { input: '-----BEGIN OPENSSH PRIVATE KEY-----' },
        { input: 'id_rsa' },
        { input: '' },
        { input: ' ' },
        { input: 'tolkewitz' },
        { input: 'other' },
      ],
    })
    await world.run(addHost)
    expect(world.ui.problems).toEqual([
      expect.stringContaining('For instance admin@192.168.1.10') as string,
      expect.stringContaining('tcp:// is another way in') as string,
      expect.stringContaining('password') as string,
      expect.stringContaining('port') as string,
      'This is a key or certificate itself; give the path of its file.',
      'Write the whole path, from / or ~/ on.',
      'The host needs a name.',
      'There is a host "tolkewitz" in the settings already.',
    ])
    expect(world.ui.problems.join()).not.toContain('secret')
  })

  it('asks for the key that belongs to a certificate', async () => {
    const answers = [...tls.slice(0, 4), { input: '' }, ...tls.slice(4)]
    const world = new CommandWorld({ answers })
    await world.run(addHost)
    expect(world.ui.problems).toEqual(['A certificate needs its private key.'])
  })

  it('says step by step what passed and what failed, and saves only if that is wanted', async () => {
    const anyway = new CommandWorld({ answers: [...ssh, { press: 'Save Anyway' }] })
    anyway.failures.set('connect', refused)
    await anyway.run(addHost)
    expect(anyway.ui.choices).toEqual([
      {
        message: 'tolkewitz cannot be used yet',
        detail: [
          '✓ Connect',
          '✓ Speak SSH',
          '✓ Check the host key',
          '✗ Log in',
          '– Find the engine’s socket',
          '– Be allowed to use it',
          '– Agree on an API version',
          '',
          '198.18.0.2: No key was accepted. Check the user.',
        ].join('\n'),
        actions: ['Correct…', 'Try Again', 'Save Anyway'],
      },
    ])
    expect(saved(anyway)).toHaveLength(1)
    const not = new CommandWorld({ answers: [...ssh, 'leave'] })
    not.failures.set('connect', refused)
    await not.run(addHost)
    expect(saved(not)).toEqual([])
  })

  it('shows no steps where none is known', async () => {
    const world = new CommandWorld({ answers: [...ssh, 'leave'] })
    world.failures.set('connect', new SwarmNetworksError('invalid-input', 'The key file is broken'))
    await world.run(addHost)
    expect(world.ui.choices[0]?.detail).toBe('The key file is broken.')
  })

  it('lets the answers be corrected, and begins with what they were', async () => {
    const again: readonly Answer[] = ['accept', 'accept', 'accept', 'accept']
    const world = new CommandWorld({ answers: [...ssh, { press: 'Correct…' }, ...again, 'leave'] })
    world.failures.set('connect', refused)
    await world.run(addHost)
    expect(world.ui.inputs.slice(3).map(({ value }) => value)).toEqual([
      'ssh://root@198.18.0.2',
      '/home/me/.ssh/id_ed25519',
      'tolkewitz',
    ])
    expect(world.named('connect')).toHaveLength(2)
    const files: readonly Answer[] = ['accept', 'accept', 'accept', 'accept', 'accept', 'accept']
    const withTls = new CommandWorld({ answers: [...tls, { press: 'Correct…' }, ...files, 'leave'] })
    withTls.failures.set('connect', refused)
    await withTls.run(addHost)
    expect(withTls.ui.inputs.slice(6, 9).map(({ value }) => value)).toEqual(['/m/ca.pem', '/m/cert.pem', '/m/key.pem'])
  })

  it('tries the same once more after something was mended elsewhere', async () => {
    const world = new CommandWorld({ answers: [...ssh, { press: 'Try Again' }] })
    world.failures.set('connect', refused)
    const choose = world.ui.choose.bind(world.ui)
    world.ui.choose = (options) => {
      world.failures.clear()
      return choose(options)
    }
    await world.run(addHost)
    expect(world.named('connect')).toHaveLength(2)
    expect(saved(world)).toHaveLength(1)
  })

  it('closes the connection also when the engine does not say what it is', async () => {
    const world = new CommandWorld({ answers: [...ssh, 'leave'] })
    world.failures.set('system.info', new SwarmNetworksError('timeout', 'No answer'))
    await world.run(addHost)
    expect(world.calls.map(({ name }) => name)).toEqual(['connect', 'system.info', 'close'])
  })

  it('ends without a word when connecting is cancelled', async () => {
    const world = new CommandWorld({ answers: ssh })
    world.failures.set('connect', new SwarmNetworksError('cancelled', 'Cancelled'))
    expect(await world.failure(addHost)).toMatchObject({ code: 'cancelled' })
    expect(world.ui.messages).toEqual([])
    expect(saved(world)).toEqual([])
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(addHost, { answers: ssh })
    await expectLeavingChangesNothing(addHost, { answers: tls })
  })
})
