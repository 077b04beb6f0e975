import { beforeEach, describe, expect, it, vi } from 'vitest'
import { testFromContainer } from '../../../../src/app/commands/test-from-container'
import { runConnectivityTest } from '../../../../src/app/connectivity-service'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import {
  aContainer,
  aFleet,
  aHost,
  anId,
  anOverlay,
  aPair,
  aPeer,
  aRun,
  aSwarmId,
  aSwarmOfThree,
  attachedTo,
} from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

vi.mock('../../../../src/app/connectivity-service')

const networkKey = aSwarmId('gnswarm')
const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject

const other = anOverlay({ name: 'other', subnets: [{ subnet: '10.0.2.0/24' }] })

/** `web` on two networks, with `shell1` and a stopped `db` on the first and `api` on the second. */
function twoNetworks() {
  const one = attachedTo(anOverlay(), '10.0.1.3')
  const two = attachedTo(other, '10.0.2.3')
  return aFleet([
    aHost('tolkewitz', {
      containers: [
        aContainer({ attachments: [one, two] }),
        aContainer({ name: 'shell1', attachments: [one] }),
        aContainer({ name: 'db', state: 'exited', attachments: [attachedTo(anOverlay())] }),
        aContainer({ name: 'api', attachments: [two] }),
        aContainer({ name: 'alone' }),
      ],
      networks: [anOverlay(), other],
    }),
  ])
}

function tested() {
  return vi.mocked(runConnectivityTest).mock.calls.map(([, key, { from, to }]) => ({ key, from, to }))
}

beforeEach(() => {
  vi.mocked(runConnectivityTest).mockReset()
  vi.mocked(runConnectivityTest).mockResolvedValue(aRun())
})

describe('testFromContainer', () => {
  it('tests from the clicked container to all others on its only network', async () => {
    const world = new CommandWorld({ answers: ['accept'] })
    await world.run(testFromContainer, web)
    expect(tested()).toEqual([{ key: networkKey, from: anId('web'), to: undefined }])
    expect(world.ui.questions[0]?.text).toContain('From web at tolkewitz on gnswarm to…')
    expect(world.ui.items[0]?.[0]).toMatchObject({ label: 'shell1', description: 'miltitz · 10.0.1.5', isPicked: true })
    expect(world.ui.documents).toHaveLength(1)
  })

  it('tests to those that are picked', async () => {
    const world = new CommandWorld({ fleet: twoNetworks(), answers: [{ pick: 'gnswarm' }, { pickMany: ['db'] }] })
    await world.run(testFromContainer, web)
    expect(world.ui.items[1]?.map(({ label, description }) => [label, description])).toEqual([
      ['db', 'tolkewitz · not running'],
      ['shell1', 'tolkewitz · 10.0.1.3'],
    ])
    expect(tested()).toEqual([{ key: networkKey, from: anId('web'), to: [anId('db')] }])
  })

  it('takes the network under which the container was clicked', async () => {
    const world = new CommandWorld({ fleet: twoNetworks(), answers: ['accept'] })
    await world.run(testFromContainer, { ...web, networkKey: other.id })
    expect(tested()).toEqual([{ key: other.id, from: anId('web'), to: undefined }])
  })

  it('presents what was asked, and keeps what is known of the other pairs', async () => {
    const [webPeer, shell1, gone] = [aPeer('web', 'tolkewitz'), aPeer('shell1', 'miltitz'), aPeer('gone', 'miltitz')]
    const failed = { result: 'fail' as const, reason: 'no' }
    const last = aRun({ pairs: [aPair(webPeer, shell1, failed), aPair(shell1, webPeer, failed), aPair(gone, webPeer)] })
    vi.mocked(runConnectivityTest).mockResolvedValue(aRun({ pairs: [aPair(webPeer, shell1)] }))
    const world = new CommandWorld({ answers: ['accept'] })
    world.results.set(networkKey, last)
    await world.run(testFromContainer, web)
    expect(world.ui.said).toBe('gnswarm: 1 of 1 pair passes')
    expect(world.ui.documents[0]?.content).toContain('1 of 1 pair passes')
    const kept = world.results.latest(networkKey)?.pairs
    expect(kept?.map(({ from, result }) => [from.container, result])).toEqual([
      ['web', 'pass'],
      ['shell1', 'fail'],
    ])
  })

  it('keeps the last result when it is cancelled', async () => {
    const cancelled = aRun({ isCancelled: true, pairs: [] })
    vi.mocked(runConnectivityTest).mockResolvedValue(cancelled)
    const world = new CommandWorld({ answers: ['accept'] })
    world.results.set(networkKey, aRun())
    await world.run(testFromContainer, web)
    expect(world.results.latest(networkKey)).toEqual(aRun())
    expect(world.ui.documents).toEqual([])
  })

  it('does nothing when nobody is picked or the user leaves', async () => {
    const world = new CommandWorld({ answers: [{ pickMany: [] }] })
    await world.run(testFromContainer, web)
    await expectLeavingChangesNothing(testFromContainer, {
      fleet: twoNetworks(),
      answers: [{ pick: 'web' }, { pick: 'other' }, { pickMany: ['api'] }],
    })
    expect(tested()).toEqual([])
  })

  it('asks in the palette for running containers that are not alone', async () => {
    const world = new CommandWorld({ fleet: twoNetworks(), answers: ['leave'] })
    await world.run(testFromContainer)
    expect(world.ui.questions[0]?.labels).toEqual(['web', 'shell1', 'api'])
    const nobody = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { containers: [aContainer()] })]) })
    await nobody.run(testFromContainer)
    expect(nobody.ui.said).toContain('There is no running container with another one')
  })

  it('says of a container that is alone what to do', async () => {
    const world = new CommandWorld({ fleet: twoNetworks() })
    const alone = { ...web, containerId: anId('alone') } satisfies NodeSubject
    const failure = world.failure(testFromContainer, alone)
    await world.clock.advance(5_000)
    expect(await failure).toMatchObject({
      code: 'unsupported',
      message: 'There is no other container on the networks of alone at tolkewitz',
    })
  })

  it('waits for the fleet to know of a container that was just started', async () => {
    const world = new CommandWorld({
      fleet: aFleet([aHost('tolkewitz', { containers: [aContainer()] })]),
      answers: ['accept'],
    })
    const run = world.run(testFromContainer, web)
    await world.clock.advance(100)
    world.access.fleet = aSwarmOfThree()
    await run
    expect(tested()).toHaveLength(1)
  })

  it('refuses a container that does not run', async () => {
    const world = new CommandWorld({ fleet: twoNetworks() })
    const db = { ...web, containerId: anId('db') } satisfies NodeSubject
    expect((await world.failure(testFromContainer, db)).message).toBe(
      'The container db at tolkewitz does not run (exited)',
    )
  })
})
