import { describe, expect, it } from 'vitest'
import { connectHost } from '../../../../src/app/commands/connect-host'
import type { HostSetting } from '../../../../src/core/model/host-setting'
import type { Endpoint } from '../../../../src/core/model/target'
import { aFleet, aHost, anUnknownHost } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const miltitz = anUnknownHost('miltitz')
const fleet = aFleet([aHost('tolkewitz'), miltitz])

describe('connectHost', () => {
  it('begins with the node’s address and name, and the user of the way to its manager', async () => {
    const world = new CommandWorld({ fleet, answers: ['accept', 'accept', { input: '' }, 'accept'] })
    await world.run(connectHost, { kind: 'host', hostId: miltitz.id })
    expect(world.named('settings.addHost').map(({ args }) => args)).toEqual([
      [{ name: 'miltitz', url: 'ssh://root@198.18.0.4' }],
    ])
  })

  it('writes an IPv6 address as a URL needs it', async () => {
    const v6 = { ...miltitz, address: 'fd00::4' }
    const world = new CommandWorld({
      fleet: aFleet([aHost(), v6]),
      answers: ['accept', 'accept', { input: '' }, 'accept'],
    })
    await world.run(connectHost, { kind: 'host', hostId: miltitz.id })
    expect(world.named('settings.addHost')[0]?.args).toMatchObject([{ url: 'ssh://root@[fd00::4]' }])
  })

  const managerAt = (endpoint: Endpoint) => {
    const manager = aHost('tolkewitz')
    return aFleet([{ ...manager, target: { ...manager.target!, endpoint } }, miltitz])
  }
  const files = { ca: '~/certs/ca.pem', cert: '~/certs/cert.pem', key: '~/certs/key.pem' }

  it.each<[string, Endpoint, number, HostSetting]>([
    [
      'SSH with a port, a key file and a socket',
      { kind: 'ssh', host: 'x', port: 2222, user: 'ops', identityFiles: ['~/.ssh/ops'], socketPath: '/run/d.sock' },
      4,
      { name: 'miltitz', url: 'ssh://ops@198.18.0.4:2222/run/d.sock', identityFile: '~/.ssh/ops' },
    ],
    [
      'TLS',
      { kind: 'tls', host: 'x', port: 2377, files },
      6,
      { name: 'miltitz', url: 'tcp://198.18.0.4:2377', tls: files },
    ],
    ['TCP', { kind: 'tcp', host: 'x', port: 2376 }, 3, { name: 'miltitz', url: 'tcp://198.18.0.4:2376' }],
    ['a socket', { kind: 'unix', path: '/run/docker.sock' }, 4, { name: 'miltitz', url: 'ssh://198.18.0.4' }],
  ])('takes over how the manager is reached: %s', async (_way, endpoint, steps, setting) => {
    const answers = Array.from({ length: steps }, () => 'accept' as const)
    const world = new CommandWorld({ fleet: managerAt(endpoint), answers })
    await world.run(connectHost, { kind: 'host', hostId: miltitz.id })
    expect(world.named('settings.addHost').map(({ args }) => args)).toEqual([[setting]])
  })

  it('asks in the palette for nodes without a way in, and changes nothing when the user leaves', async () => {
    const answers = [{ pick: 'miltitz' }, 'accept', 'accept', { input: '' }, 'accept'] as const
    await expectLeavingChangesNothing(connectHost, { fleet, answers })
    const nothing = new CommandWorld({ fleet: aFleet([aHost()]) })
    await nothing.run(connectHost)
    expect(nothing.ui.said).toContain('Every node that a manager knows has a way in')
  })
})
