import { expect, it } from 'vitest'
import { showLog } from '../../../../src/app/commands/show-log'
import { CommandWorld } from '../../fakes/command-world'

it('shows the log', async () => {
  const world = new CommandWorld()
  await world.run(showLog)
  expect(world.ui.logShown).toBe(1)
})
