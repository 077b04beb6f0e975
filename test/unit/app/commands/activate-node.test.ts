import { describe, expect, it } from 'vitest'
import { activateNode } from '../../../../src/app/commands/activate-node'
import { planActivateNode } from '../../../../src/core/repair/network/activate-node'
import { describePlan } from '../../../../src/core/repair/describe-plan'
import type { NodeAvailability } from '../../../../src/core/model/engine'
import { aContainer, aFailedRun, aFinding, aFleet, aHost, anId, anOverlay, aSwarmId } from '../../builders'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'

const gnswarm = anOverlay()
const networkKey = gnswarm.id
const nodeId = aSwarmId('nodemiltitz')
const finding = { kind: 'finding', networkKey, cause: 'node-drained', index: 0 } as const

function aWorld(options: WorldOptions, availability: NodeAvailability = 'drain'): CommandWorld {
  const cache = aContainer({ name: 'cache', state: 'created', status: 'Created' })
  const world = new CommandWorld({
    fleet: aFleet([
      aHost('tolkewitz', { role: 'manager', isLeader: true, networks: [gnswarm] }),
      { ...aHost('miltitz', { role: 'worker', containers: [cache], networks: [gnswarm] }), nodeId, availability },
    ]),
    ...options,
  })
  const fix = {
    ...({ id: 'activate-node', title: 'Set miltitz to active', hostIds: ['settings:miltitz'] } as const),
    containerIds: [anId('cache')],
  }
  world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause: 'node-drained', fixes: [fix] })] }))
  return world
}

describe('activateNode', () => {
  it('shows what it asks of the manager, and what it starts, before anything is done', async () => {
    const world = aWorld({ answers: ['leave'] })
    await world.run(activateNode, finding)
    const plan = world.ui.documents[0]?.content ?? ''
    expect(plan).toContain(`docker node update --availability active ${nodeId}`)
    expect(plan).toContain(`docker start ${anId('cache')}`)
    expect(plan).toContain('Somebody set it to “drain”')
    expect(world.calls).toEqual([])
  })

  it('starts nothing where it is chosen on a host, and is offered in the palette', async () => {
    const world = aWorld({ answers: ['leave'] }, 'pause')
    await world.run(activateNode, { kind: 'host', hostId: 'settings:miltitz' })
    expect(world.ui.documents[0]?.content).not.toContain('docker start')
    const asked = aWorld({ answers: [{ pick: 'miltitz' }, 'leave'] })
    await asked.run(activateNode)
    expect(asked.ui.documents).toHaveLength(1)
  })

  it('says that a node is active already', async () => {
    expect(await aWorld({}, 'active').failure(activateNode, finding)).toMatchObject({ code: 'unsupported' })
  })
})

describe('planActivateNode', () => {
  it('takes the availability back to what it was, and nothing else', () => {
    const host = { id: 'settings:miltitz', name: 'miltitz' }
    const manager = { id: 'settings:tolkewitz', name: 'tolkewitz' }
    const waiting = [{ id: anId('cache'), name: 'cache' }]
    const draft = planActivateNode({ host, nodeId, availability: 'drain', manager, waiting })
    expect(draft.steps.map(({ hostName, action, undo }) => [hostName, action.kind, undo])).toEqual([
      ['tolkewitz', 'node-availability', { kind: 'node-availability', nodeId, availability: 'drain' }],
      ['miltitz', 'container-start', undefined],
      ['miltitz', 'container-restart', undefined],
    ])
    expect(draft.hostIds).toEqual([manager.id, host.id])
    expect(describePlan({ ...draft, record: '20261126T040000Z-activate-node' })).toContain(
      'Set the availability of miltitz to active',
    )
  })
})
