import { describe, expect, it } from 'vitest'
import { newContract } from '../../../../src/app/commands/new-contract'
import { parseContract } from '../../../../src/core/contract/parse-contract'
import { aFleet, aHost, anOverlay, aPair, aPeer, aRun, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const subject = { kind: 'network', networkKey: aSwarmId('gnswarm') } as const

async function written(world: CommandWorld) {
  await world.run(newContract, subject)
  const [file] = world.ui.saved
  const { contract, problems } = parseContract(file?.content ?? '')
  expect(problems).toEqual([])
  return { name: file?.name, content: file?.content ?? '', lines: contract.lines.map(({ title }) => title) }
}

describe('newContract', () => {
  it('writes what the containers offer where nothing was tested', async () => {
    const { name, content, lines } = await written(new CommandWorld())
    expect(name).toBe('gnswarm.connectivity.yaml')
    expect(content).toContain('nothing of it was tested yet')
    expect(lines).toEqual(['shell1 must reach web by name and on TCP port 80'])
  })

  it('writes what passed in the last test, sources of one target together, services by their name', async () => {
    const world = new CommandWorld()
    const connected = { kind: 'tcp', result: 'pass', observation: 'ok', detail: '', port: 80 } as const
    const web = aPeer('web', 'tolkewitz')
    const task = aPeer('api.1.x', 'miltitz', { service: 'api' })
    const pairs = [
      aPair(aPeer('shell1', 'miltitz'), web, { checks: [connected] }),
      aPair(aPeer('on', 'miltitz'), web, { checks: [connected] }),
      aPair(web, task),
      aPair(task, web, { result: 'fail' }),
    ]
    world.results.set(subject.networkKey, aRun({ pairs }))
    expect((await written(world)).lines).toEqual([
      'on and shell1 must reach web by name and on TCP port 80',
      'web must reach service:api by ping and by name',
    ])
  })

  it('writes a frame where there is nobody', async () => {
    const world = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { networks: [anOverlay()] })]) })
    expect((await written(world)).lines).toEqual([])
  })

  it('writes nothing where the user leaves', async () => {
    await expectLeavingChangesNothing(newContract, { answers: [{ pick: 'gnswarm' }] })
  })
})
