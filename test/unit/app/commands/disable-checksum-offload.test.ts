import { describe, expect, it } from 'vitest'
import { disableChecksumOffload } from '../../../../src/app/commands/disable-checksum-offload'
import { aFailedRun, aFinding, aSwarmId } from '../../builders'
import { CommandWorld, type WorldOptions } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')
const cause = 'checksum-offload'
const finding = { kind: 'finding', networkKey, cause, index: 0 } as const

function aWorld(options: WorldOptions): CommandWorld {
  const world = new CommandWorld(options)
  const fix = { id: 'disable-checksum-offload', title: 'Off', containerIds: [], hostIds: ['settings:miltitz'] } as const
  world.results.set(networkKey, aFailedRun({ findings: [aFinding({ cause, title: 'Checksums', fixes: [fix] })] }))
  world.shells.answer = ({ command }) =>
    command.includes('addr') ? { stdout: '2: ens192    inet 198.18.0.4/24 brd 198.18.0.255 scope global ens192\n' } : {}
  return world
}

describe('disableChecksumOffload', () => {
  it('finds the card that has the host’s address', async () => {
    const world = aWorld({ answers: ['leave'] })
    await world.run(disableChecksumOffload, finding)
    expect(world.ui.documents[0]?.content).toContain('ethtool -K ens192 tx-checksum-ip-generic off')
  })

  it('says that no card has it', async () => {
    const world = aWorld({})
    world.shells.answer = () => ({})
    expect(await world.failure(disableChecksumOffload, finding)).toMatchObject({ code: 'unsupported', host: 'miltitz' })
  })

  it('asks in the palette for a finding that offers it', async () => {
    const world = aWorld({ answers: [{ pick: 'Checksums' }, 'leave'] })
    await world.run(disableChecksumOffload)
  })
})
