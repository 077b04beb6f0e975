import { startContainer } from '../../../../src/app/commands/start-container'
import { describeStateChange } from './change-state.cases'
import { expect, it } from 'vitest'
import { aContainer, aFleet, aHost, anId } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

describeStateChange({
  command: startContainer,
  call: 'containers.start',
  from: 'exited',
  progress: 'Starting web at tolkewitz',
  refused: { state: 'running', message: 'The container web at tolkewitz cannot be started: it is running' },
})

it('lets a paused container go on, which the engine refuses to start', async () => {
  const fleet = aFleet([aHost('tolkewitz', { containers: [aContainer({ state: 'paused' })] })])
  const world = new CommandWorld({ fleet })
  await world.run(startContainer, { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') })
  expect(world.calls).toEqual([{ host: 'tolkewitz', name: 'containers.unpause', args: [anId('web')] }])
})
