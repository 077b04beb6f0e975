import { describe, expect, it, vi } from 'vitest'
import { attach } from '../../../../src/app/commands/attach'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import type { ContainerState } from '../../../../src/core/model/container'
import { aContainer, aFleet, aHost, anId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const shell1 = { kind: 'container', hostId: 'settings:miltitz', containerId: anId('shell1') } satisfies NodeSubject
const size = { columns: 100, rows: 30 }

function fleetWith(state: ContainerState) {
  return aFleet([aHost('miltitz', { containers: [aContainer({ name: 'shell1', image: 'alpine:latest', state })] })])
}

describe('attach', () => {
  it('opens a terminal that names container and host, on the stream of its main process', async () => {
    const world = new CommandWorld()
    await world.run(attach, shell1)
    const [terminal] = world.ui.terminals
    expect(terminal).toMatchObject({ title: 'shell1 @ miltitz', icon: 'debug-disconnect' })
    await terminal!.open(size, new AbortController().signal)
    expect(world.named('containers.attach')).toEqual([
      { host: 'miltitz', name: 'containers.attach', args: [anId('shell1'), { size, detachKeys: 'ctrl-p,ctrl-q' }] },
    ])
  })

  it('says before the first key that exit ends the container, and how to leave', async () => {
    const world = new CommandWorld({ settings: { detachKeys: 'ctrl-@,x' } })
    await world.run(attach, shell1)
    expect(world.ui.terminals[0]?.banner).toEqual([
      'Attached to the main process of shell1 at miltitz, image alpine:latest.',
      '`exit` and Ctrl+D end this process, and with it the container.',
      'To leave it running, detach with Ctrl+@, x, or close the tab.',
    ])
  })

  it('says of a container without a terminal or without input what can be typed', async () => {
    const banner = async (details: CommandWorld['details']) => {
      const world = new CommandWorld()
      world.details = details
      await world.run(attach, shell1)
      return world.ui.terminals[0]?.banner.join(' ')
    }
    expect(await banner({ hasTty: false })).toContain('line by line')
    expect(await banner({ isStdinOpen: false })).toContain('nothing can be typed')
    expect(await banner({ isStdinOpen: false })).not.toContain('exit')
  })

  it('offers to start a container that does not run', async () => {
    const world = new CommandWorld({ fleet: fleetWith('exited'), answers: [{ press: 'Start and Attach' }] })
    await world.run(attach, shell1)
    expect(world.ui.messages).toEqual([{ severity: 'warn', text: 'The container shell1 at miltitz does not run.' }])
    expect(world.changes).toEqual(['miltitz containers.start'])
    expect(world.ui.terminals).toHaveLength(1)
  })

  it('changes nothing when the user leaves at any question', async () => {
    await expectLeavingChangesNothing(attach, {
      fleet: fleetWith('exited'),
      answers: [{ pick: 'shell1' }, { press: 'Start and Attach' }],
    })
  })

  it('refuses what cannot be attached to, and says when there is nothing', async () => {
    const paused = new CommandWorld({ fleet: fleetWith('paused') })
    expect((await paused.failure(attach, shell1)).message).toBe('Nobody can attach to shell1 at miltitz: it is paused')
    await paused.run(attach)
    expect(paused.ui.said).toContain('There is no container to attach to')
  })

  it('names the host in an engine’s error, before and after the terminal is open', async () => {
    const world = new CommandWorld()
    world.failures.set('containers.inspect', anEngineError())
    expect(await world.failure(attach, shell1)).toMatchObject({ host: 'miltitz' })
    const later = new CommandWorld()
    later.failures.set('containers.attach', anEngineError())
    await later.run(attach, shell1)
    await expect(later.ui.terminals[0]!.open(size, new AbortController().signal)).rejects.toMatchObject({
      host: 'miltitz',
    })
  })

  it('asks for the host’s engine at each opening: it is another one after the host was lost and found', async () => {
    const world = new CommandWorld()
    await world.run(attach, shell1)
    const [terminal] = world.ui.terminals
    let isLost = true
    const client = world.access.client.bind(world.access)
    vi.spyOn(world.access, 'client').mockImplementation((hostId) => {
      if (isLost) throw anEngineError('the connection was lost')
      return client(hostId)
    })
    const { signal } = new AbortController()
    await expect(terminal!.open(size, signal)).rejects.toThrow(/lost/)
    isLost = false
    await terminal!.open(size, signal)
    expect(world.named('containers.attach')).toHaveLength(1)
  })

  it('opens nothing when the container does not start', async () => {
    const world = new CommandWorld({ fleet: fleetWith('exited'), answers: [{ press: 'Start and Attach' }] })
    world.failures.set('containers.start', anEngineError())
    expect(await world.failure(attach, shell1)).toMatchObject({ host: 'miltitz' })
    expect(world.ui.terminals).toEqual([])
  })
})
