import { describe, expect, it } from 'vitest'
import { openPorts } from '../../../../src/app/commands/open-ports'
import { aFailedRun, aFinding, aSwarmId } from '../../builders'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const finding = { kind: 'finding', networkKey, cause: 'no-path-between-hosts', index: 0 } as const

function aWorld(options: WorldOptions, hostIds = ['settings:miltitz']): CommandWorld {
  const world = new CommandWorld(options)
  const fixes = [{ id: 'open-ports' as const, title: 'Open', containerIds: [], hostIds }]
  const cause = 'no-path-between-hosts'
  world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause, title: 'No path', fixes })] }))
  return world
}

describe('openPorts', () => {
  it('plans to let the other hosts in, each by its address', async () => {
    const world = aWorld({ answers: ['leave'] })
    await world.run(openPorts, finding)
    const plan = world.ui.documents[0]!.content
    expect(plan).toContain('Let lindenau (198.18.0.')
    expect(plan).toContain('--dport 4789 -j ACCEPT')
    expect(plan).not.toContain('0.0.0.0/0')
    // The fake host answers nothing that could be read.
    expect(plan).toContain('Which firewall is in charge there could not be seen')
  })

  it('is one plan for several hosts', async () => {
    const world = aWorld({ answers: ['leave'] }, ['settings:miltitz', 'settings:lindenau'])
    await world.run(openPorts, finding)
    expect(world.ui.choices[0]?.message).toContain('on miltitz and lindenau')
  })

  it('asks in the palette for a finding that offers it', async () => {
    const world = aWorld({ answers: [{ pick: 'No path' }, 'leave'] })
    await world.run(openPorts)
    const nothing = new CommandWorld()
    await nothing.run(openPorts)
    expect(nothing.ui.said).toContain('No connectivity test has found a closed port')
  })
})
