import { describe, expect, it } from 'vitest'
import { limitPorts } from '../../../../src/app/commands/limit-ports'
import { aFailedRun, aFinding, aSwarmId } from '../../builders'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const finding = { kind: 'finding', networkKey, cause: 'data-path-open', index: 0 } as const

function aWorld(options: WorldOptions): CommandWorld {
  const world = new CommandWorld(options)
  const fixes = [
    { id: 'limit-ports' as const, title: 'Limit', containerIds: [], hostIds: ['settings:miltitz'] },
  ] as const
  world.results.set(
    networkKey,
    aFailedRun({ findings: [aFinding({ cause: 'data-path-open', title: 'Open to all', fixes })] }),
  )
  return world
}

describe('limitPorts', () => {
  it('plans to let the other hosts in, and nobody else', async () => {
    const world = aWorld({ answers: ['leave'] })
    await world.run(limitPorts, finding)
    const plan = world.ui.documents[0]!.content
    expect(world.ui.choices[0]?.message).toContain('Let only lindenau and tolkewitz send to 4789/udp of miltitz')
    expect(plan.indexOf('--dport 4789 -j ACCEPT')).toBeGreaterThan(0)
    expect(plan.indexOf('--dport 4789 -j DROP')).toBeGreaterThan(plan.lastIndexOf('Let tolkewitz (198.18.0.'))
    expect(plan).toContain('Hosts that join later')
    expect(world.shells.commands.filter(({ command }) => command.join(' ').includes('DROP'))).toEqual([])
  })

  it('asks in the palette for a finding that offers it', async () => {
    await aWorld({ answers: [{ pick: 'Open to all' }, 'leave'] }).run(limitPorts)
    const nothing = new CommandWorld()
    await nothing.run(limitPorts)
    expect(nothing.ui.said).toContain('No connectivity test has found a data path that is open to everybody')
  })
})
