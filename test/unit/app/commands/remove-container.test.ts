import { describe, expect, it } from 'vitest'
import { removeContainer } from '../../../../src/app/commands/remove-container'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { Container } from '../../../../src/core/model/container'
import { aContainer, aFleet, aHost, anId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject

function fleetWith(over: Partial<Container> = {}) {
  return aFleet([aHost('tolkewitz', { containers: [aContainer(over)] })])
}

describe('removeContainer', () => {
  it('says exactly what will happen, and then removes by force what runs', async () => {
    const world = new CommandWorld({ fleet: fleetWith(), answers: [{ confirm: true }] })
    await world.run(removeContainer, web)
    expect(world.ui.confirmations).toEqual([
      {
        message: 'Remove the container web from tolkewitz?',
        detail: [
          `web (${anId('web').slice(0, 12)}) at tolkewitz, image nginx:latest, running.`,
          'It is killed at once, without time to end by itself, and removed with everything written inside it.',
          'Its volumes stay, anonymous ones too.',
        ].join('\n'),
        action: 'Remove',
      },
    ])
    expect(world.calls).toEqual([
      { host: 'tolkewitz', name: 'containers.remove', args: [anId('web'), { force: true }] },
    ])
  })

  it('does not force what is stopped: somebody may have started it since', async () => {
    const world = new CommandWorld({ fleet: fleetWith({ state: 'exited' }), answers: [{ confirm: true }] })
    await world.run(removeContainer, web)
    expect(world.ui.confirmations[0]?.detail).not.toContain('killed')
    expect(world.named('containers.remove')[0]?.args).toEqual([anId('web'), { force: false }])
  })

  it('warns that a service’s task comes back', async () => {
    const task = { serviceId: 's', serviceName: 'api', taskId: 't', nodeId: 'n' }
    const world = new CommandWorld({ fleet: fleetWith({ task }), answers: [{ confirm: false }] })
    await world.run(removeContainer, web)
    expect(world.ui.confirmations[0]?.detail).toContain('a task of the service api')
    expect(world.changes).toEqual([])
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(removeContainer, {
      fleet: fleetWith(),
      answers: [{ pick: 'web' }, { confirm: true }],
    })
  })

  it('says so where there is none', async () => {
    const world = new CommandWorld({ fleet: aFleet([aHost()]) })
    await world.run(removeContainer)
    expect(world.ui.said).toBe('There is no container on any host that can be reached.')
  })

  it('names the host in an engine’s error', async () => {
    const world = new CommandWorld({ fleet: fleetWith(), answers: [{ confirm: true }] })
    world.failures.set('containers.remove', anEngineError())
    expect(await world.failure(removeContainer, web)).toMatchObject({ code: 'engine-error', host: 'tolkewitz' })
    expect(world.logged).toEqual([])
  })
})
