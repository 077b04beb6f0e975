import { describe, expect, it } from 'vitest'
import { showFirewallCommands } from '../../../../src/app/commands/show-firewall-commands'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aFailedRun, aFinding, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const subject = { kind: 'finding', networkKey, cause: 'no-path-between-hosts', index: 0 } satisfies NodeSubject

function run(hostIds: readonly string[]) {
  const fix = { id: 'show-firewall-commands' as const, title: 'Show', containerIds: [], hostIds }
  return aFailedRun({ findings: [aFinding({ cause: 'no-path-between-hosts', title: 'No path', fixes: [fix] })] })
}

describe('showFirewallCommands', () => {
  it('opens what to run at the host that the finding names, for all its peers', async () => {
    const world = new CommandWorld()
    world.results.set(networkKey, run(['settings:miltitz']))
    await world.run(showFirewallCommands, subject)
    expect(world.ui.documents).toMatchObject([{ name: 'firewall-gnswarm.md', show: 'preview' }])
    const [content = '', cloud] = world.ui.documents[0]!.content.split('## In the cloud')
    expect(content).toContain('## At miltitz')
    expect(content).toContain('198.18.0.2')
    expect(content).toContain('198.18.0.3')
    expect(content).not.toContain('198.18.0.4')
    // A cloud's rules are for all hosts together.
    expect(cloud).toContain('198.18.0.4/32')
    expect(world.changes).toEqual([])
  })

  it('asks in the palette for a finding that offers it', async () => {
    await expectLeavingChangesNothing(showFirewallCommands, {
      answers: [{ pick: 'No path' }],
      prepare: (world) => world.results.set(networkKey, run(['settings:miltitz'])),
    })
    const world = new CommandWorld()
    await world.run(showFirewallCommands)
    expect(world.ui.said).toContain('No connectivity test has found a closed port')
  })

  it('says that a newer test does not have the finding', async () => {
    expect(await new CommandWorld().failure(showFirewallCommands, subject)).toMatchObject({ code: 'not-found' })
  })
})
