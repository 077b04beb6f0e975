import { describe, expect, it } from 'vitest'
import { showHiddenHosts } from '../../../../src/app/commands/show-hidden-hosts'
import type { HiddenHost } from '../../../../src/app/fleet-access'
import { CommandWorld } from '../../fakes/command-world'

const hidden: readonly HiddenHost[] = [
  {
    id: 'context:m',
    target: {
      ...{ id: 'context:m', name: 'm', source: 'context', isDisabled: false },
      endpoint: { kind: 'ssh', host: 'miltitz' },
    },
  },
  { id: 'docker-machine:gone' },
]

describe('showHiddenHosts', () => {
  it('shows again what is picked, also what is not there now', async () => {
    const world = new CommandWorld({ answers: [{ pickMany: ['m', 'docker-machine:gone'] }] })
    world.access.hidden = hidden
    await world.run(showHiddenHosts)
    expect(world.ui.items[0]?.map(({ label, description }) => [label, description])).toEqual([
      ['m', 'ssh://miltitz'],
      ['docker-machine:gone', 'not there now'],
    ])
    expect(world.calls).toEqual([
      { host: 'settings', name: 'settings.showHosts', args: [['context:m', 'docker-machine:gone']] },
    ])
  })

  it('changes nothing when nothing is picked, or the user leaves', async () => {
    for (const answer of [{ pickMany: [] }, 'leave'] as const) {
      const world = new CommandWorld({ answers: [answer] })
      world.access.hidden = hidden
      await world.run(showHiddenHosts)
      expect(world.calls).toEqual([])
    }
  })

  it('says so where nothing is hidden', async () => {
    const world = new CommandWorld()
    await world.run(showHiddenHosts)
    expect(world.ui.said).toBe('No host is hidden.')
  })
})
