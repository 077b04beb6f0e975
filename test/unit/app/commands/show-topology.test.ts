import { expect, it } from 'vitest'
import { showTopology } from '../../../../src/app/commands/show-topology'
import { CommandWorld } from '../../fakes/command-world'

it('shows the picture of everything, or of the network that was clicked', async () => {
  const world = new CommandWorld()
  await world.run(showTopology)
  await world.run(showTopology, { kind: 'network', networkKey: 'n' })
  await world.run(showTopology, { kind: 'test-result', networkKey: 'n' })
  await world.run(showTopology, { kind: 'host', hostId: 'h' })
  expect(world.ui.topologies).toEqual([undefined, 'n', 'n', undefined])
  expect(world.changes).toEqual([])
})
