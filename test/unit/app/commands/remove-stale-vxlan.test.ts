import { describe, expect, it } from 'vitest'
import { removeStaleVxlan } from '../../../../src/app/commands/remove-stale-vxlan'
import { aFailedRun, aFinding, aSwarmId } from '../../builders'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const cause = 'vxlan-not-made'
const finding = { kind: 'finding', networkKey, cause, index: 0 } as const

/** A host with interfaces of these numbers; the network's own is 4097. */
function aWorld(options: WorldOptions, ...vnis: readonly number[]): CommandWorld {
  const world = new CommandWorld(options)
  const fix = { id: 'remove-stale-vxlan', title: 'Remove', containerIds: [], hostIds: ['settings:miltitz'] } as const
  world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause, title: 'In the way', fixes: [fix] })] }))
  const stdout = vnis.map((vni) => `\t7: vx-${vni}: <UP> \\ vxlan id ${vni} srcport 0 0 dstport 4789`).join('\n')
  world.shells.answer = ({ command }) => (command.join(' ').includes('type vxlan') ? { stdout } : {})
  return world
}

describe('removeStaleVxlan', () => {
  it('shows a plan for the interface that has the network’s number, and for no other', async () => {
    const world = aWorld({ answers: ['leave'] }, 4097, 4098)
    await world.run(removeStaleVxlan, finding)
    expect(world.ui.documents[0]?.content).toContain('vx-4097')
    expect(world.ui.documents[0]?.content).not.toContain('vx-4098')
  })

  it('says what else it may be where there is none', async () => {
    const world = aWorld({}, 4098)
    expect(await world.failure(removeStaleVxlan, finding)).toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('restart of Docker on miltitz') as unknown,
    })
  })

  it('asks in the palette for a finding that offers it', async () => {
    const world = aWorld({ answers: [{ pick: 'In the way' }, 'leave'] }, 4097)
    await world.run(removeStaleVxlan)
  })
})
