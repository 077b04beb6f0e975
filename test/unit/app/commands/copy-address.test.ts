import { describe, expect, it } from 'vitest'
import { copyAddress } from '../../../../src/app/commands/copy-address'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aBridge, aContainer, aFleet, aHost, anId, anOverlay, attachedTo } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject

/** `web` on an overlay, with IPv6 too, and on a bridge of its host; `off` has no address. */
function twoNetworks() {
  const mine = aBridge({ name: 'mine' })
  const attachments = [{ ...attachedTo(anOverlay(), '10.0.1.3'), addressV6: 'fd00::3' }, attachedTo(mine, '172.18.0.2')]
  const containers = [aContainer({ attachments }), aContainer({ name: 'off', attachments: [attachedTo(mine)] })]
  return aFleet([aHost('tolkewitz', { containers, networks: [anOverlay(), mine] })])
}

describe('copyAddress', () => {
  it('copies a host’s address', async () => {
    const world = new CommandWorld()
    await world.run(copyAddress, { kind: 'host', hostId: 'settings:tolkewitz' })
    expect(world.ui.copied).toEqual(['198.18.0.2'])
  })

  it('copies a container’s only address', async () => {
    const world = new CommandWorld()
    await world.run(copyAddress, web)
    expect(world.ui.copied).toEqual(['10.0.1.3'])
  })

  it('asks which where there are several', async () => {
    const world = new CommandWorld({ fleet: twoNetworks(), answers: [{ pick: '172.18.0.2' }] })
    await world.run(copyAddress, web)
    expect(world.ui.items[0]?.map(({ label, description }) => [label, description])).toEqual([
      ['10.0.1.3', 'gnswarm'],
      ['fd00::3', 'gnswarm'],
      ['172.18.0.2', 'mine'],
    ])
    expect(world.ui.copied).toEqual(['172.18.0.2'])
  })

  it('takes the one on the network under which the container was clicked', async () => {
    const world = new CommandWorld({ fleet: twoNetworks() })
    await world.run(copyAddress, { ...web, networkKey: `settings:tolkewitz/${anId('mine')}` })
    expect(world.ui.copied).toEqual(['172.18.0.2'])
  })

  it('asks in the palette for containers with an address, and copies nothing when the user leaves', async () => {
    const world = new CommandWorld({ fleet: twoNetworks(), answers: ['leave'] })
    await world.run(copyAddress)
    expect(world.ui.questions[0]?.labels).toEqual(['web'])
    await expectLeavingChangesNothing(copyAddress, {
      fleet: twoNetworks(),
      answers: [{ pick: 'web' }, { pick: 'fd00::3' }],
    })
    expect(world.ui.copied).toEqual([])
  })

  it('says what has no address', async () => {
    const world = new CommandWorld({ fleet: twoNetworks() })
    const off = { ...web, containerId: anId('off') } satisfies NodeSubject
    expect((await world.failure(copyAddress, off)).message).toBe('The container off at tolkewitz has no address')
    const nowhere = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { over: { address: '' } })]) })
    const host = { kind: 'host', hostId: 'settings:tolkewitz' } as const
    expect(await nowhere.failure(copyAddress, host)).toMatchObject({ code: 'not-found' })
    await nowhere.run(copyAddress)
    expect(nowhere.ui.said).toContain('There is no container with an address')
  })
})
