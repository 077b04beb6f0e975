import { describe, expect, it } from 'vitest'
import { readHostLinks } from '../../../../src/app/host-links/read-host-links'
import { SwarmNetworksError } from '../../../../src/core/errors'
import type { Host } from '../../../../src/core/model/host'
import { aHost, aSilentHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { aFleet } from '../../builders'

const answer = '@route\teth0\t000012C6\t00FFFFFF\n@card\teth0\t1400\n'
const overSsh = (host: Host): Host => ({ ...host, way: { endpoint: host.target!.endpoint, failed: [] } })
const signal = () => new AbortController().signal

describe('readHostLinks', () => {
  it('asks over SSH where that is the way in, and from a helper in the host’s network elsewhere', async () => {
    const hosts = [overSsh(aHost('tolkewitz')), aHost('miltitz', { role: 'worker' }), aSilentHost('lindenau')]
    const world = new CommandWorld({ fleet: aFleet(hosts) })
    world.exec = () => ({ exitCode: 0, stdout: answer, stderr: '' })
    world.shells.answer = () => ({ stdout: answer })
    const { fleet, shells } = world.context
    const reading = await readHostLinks({ fleet, shells, helper: {} }, hosts, signal())
    expect(reading.hosts.map(({ host, cards }) => [host, cards])).toEqual([
      ['tolkewitz', [{ name: 'eth0', mtu: 1400 }]],
      ['miltitz', [{ name: 'eth0', mtu: 1400 }]],
    ])
    expect(reading.notLooked).toEqual([{ host: 'lindenau', reason: 'it is unreachable.' }])
    expect(world.shells.commands.map(({ host }) => host)).toEqual(['tolkewitz'])
    expect(world.shells.openCount).toBe(0)
    expect(world.named('containers.createHelper')).toMatchObject([
      { host: 'miltitz', args: [{ image: 'alpine:latest' }] },
    ])
    expect(world.named('containers.createHelper')[0]?.args[0]).not.toHaveProperty('containerId')
    expect(world.named('containers.remove')).toHaveLength(1)
  })

  it('says why a host was not looked at, and goes on with the others', async () => {
    const hosts = [overSsh(aHost('tolkewitz')), aHost('miltitz', { role: 'worker' })]
    const world = new CommandWorld({ fleet: aFleet(hosts) })
    world.shells.failure = new SwarmNetworksError('unauthorized', 'tolkewitz refused the key')
    const { fleet, shells } = world.context
    const { notLooked } = await readHostLinks({ fleet, shells }, hosts, signal())
    expect(notLooked.map(({ reason }) => reason)).toEqual([
      'tolkewitz refused the key.',
      expect.stringContaining('helpers are switched off'),
    ])
  })

  it('ends where it is cancelled', async () => {
    const hosts = [overSsh(aHost('tolkewitz'))]
    const { fleet, shells } = new CommandWorld({ fleet: aFleet(hosts) }).context
    await expect(readHostLinks({ fleet, shells }, hosts, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
