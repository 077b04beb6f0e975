import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../src/app/commands/command'
import type { ContainerState } from '../../../../src/core/model/container'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aContainer, aFleet, aHost, anId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

export interface StateChange {
  readonly command: Command
  readonly call: 'containers.start' | 'containers.stop' | 'containers.restart'
  readonly from: ContainerState
  readonly progress: string
  readonly refused: { readonly state: ContainerState; readonly message: string }
}

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject

function fleetWith(state: ContainerState) {
  return aFleet([aHost('tolkewitz', { containers: [aContainer({ state })] }), aHost('miltitz', { role: 'worker' })])
}

/** What the three commands that change a container's state have in common. */
export function describeStateChange({ command, call, from, progress, refused }: StateChange): void {
  describe(command.id, () => {
    it('acts on the clicked container, on its host, with progress', async () => {
      const world = new CommandWorld({ fleet: fleetWith(from) })
      await world.run(command, web)
      expect(world.calls).toEqual([{ host: 'tolkewitz', name: call, args: [anId('web')] }])
      expect(world.ui.progresses.map(({ title }) => title)).toEqual([progress])
      expect(world.logged).toEqual([expect.stringContaining('tolkewitz: ')])
    })

    it('asks for a container in the palette, with its host, and only for those that it makes sense for', async () => {
      const others = [aContainer({ state: from }), aContainer({ name: 'other', state: refused.state })]
      const world = new CommandWorld({
        fleet: aFleet([aHost('tolkewitz', { containers: others })]),
        answers: [{ pick: 'web' }],
      })
      await world.run(command)
      expect(world.ui.questions[0]?.labels).toEqual(['web'])
      expect(world.ui.items[0]?.[0]?.description).toContain('tolkewitz')
      expect(world.changes).toEqual([`tolkewitz ${call}`])
    })

    it('says so where there is none', async () => {
      const world = new CommandWorld({ fleet: fleetWith(refused.state) })
      await world.run(command)
      expect(world.ui.said).toMatch(/^There is no container that could be/)
    })

    it('changes nothing when the user leaves', async () => {
      await expectLeavingChangesNothing(command, { fleet: fleetWith(from), answers: [{ pick: 'web' }] })
    })

    it('refuses a state that it does not fit', async () => {
      const world = new CommandWorld({ fleet: fleetWith(refused.state) })
      expect((await world.failure(command, web)).message).toBe(refused.message)
      expect(world.changes).toEqual([])
    })

    it('names the host in an engine’s error', async () => {
      const world = new CommandWorld({ fleet: fleetWith(from) })
      world.failures.set(call, anEngineError())
      expect(await world.failure(command, web)).toMatchObject({ code: 'engine-error', host: 'tolkewitz', status: 500 })
    })

    it('says that a container is gone', async () => {
      const world = new CommandWorld({ fleet: fleetWith(from) })
      const gone = { ...web, containerId: anId('gone') } satisfies NodeSubject
      expect(await world.failure(command, gone)).toMatchObject({ code: 'not-found', host: 'tolkewitz' })
    })

    it('says why a host cannot be reached', async () => {
      const world = new CommandWorld({ fleet: fleetWith(from) })
      expect((await world.failure(command, { ...web, hostId: 'settings:gone' })).code).toBe('not-found')
    })
  })
}
