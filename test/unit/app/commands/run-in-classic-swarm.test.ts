import { describe, expect, it } from 'vitest'
import { runContainer } from '../../../../src/app/commands/run-container'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aClassicFleet, globalOverlay } from '../../classic-builders'
import { CommandWorld } from '../../fakes/command-world'
import type { Answer } from '../../fakes/fake-ui'

const gnswarm = { kind: 'network', networkKey: globalOverlay.id } satisfies NodeSubject

/** Image, name, command, ports, environment and options as the boxes have them. */
const rest: readonly Answer[] = [
  { pick: 'nginx:latest' },
  { input: 'api' },
  { input: '' },
  { input: '' },
  { input: '' },
  'accept',
  'leave',
]

async function placed(...answers: readonly Answer[]) {
  const world = new CommandWorld({ fleet: aClassicFleet(), answers: [...answers, ...rest] })
  world.created = { node: 'lindenau' }
  await world.run(runContainer, gnswarm)
  const [call] = world.named('containers.create')
  return { host: call!.host, placement: (call!.args[0] as { placement?: unknown }).placement, world }
}

describe('Run Container on Network… in a classic Swarm', () => {
  it('offers anywhere, hosts, labels, and what is there already; and says how the manager chooses', async () => {
    const world = new CommandWorld({ fleet: aClassicFleet(), answers: ['leave'] })
    await world.run(runContainer, gnswarm)
    expect(world.ui.questions[0]!.labels).toEqual([
      'Anywhere (spread)',
      'lindenau',
      'miltitz',
      'tolkewitz',
      'site=north',
      'site=south',
      'storagedriver=aufs',
      'storagedriver=overlay2',
      'Beside a container…',
      'Away from a container…',
      'Constraints and affinities…',
    ])
    expect(world.ui.questions[0]!.text).toContain('strategy spread; filters health, port, affinity, constraint')
  })

  it('leaves the choice to the manager, and says which host it was', async () => {
    const { host, placement, world } = await placed({ pick: 'Anywhere (spread)' })
    expect([host, placement]).toEqual(['swarm', { constraints: [], affinities: [] }])
    expect(world.ui.said).toMatch(/^api runs at lindenau on gnswarm/)
  })

  it('asks for a label, for a neighbour, for none, and for what is typed', async () => {
    const asks = async (...answers: readonly Answer[]) => (await placed(...answers)).placement
    expect(await asks({ pick: 'site=north' })).toEqual({ constraints: ['site==north'], affinities: [] })
    const web = { pick: 'web' }
    const beside = { constraints: [], affinities: ['container==web'] }
    expect(await asks({ pick: 'Beside a container…' }, web)).toEqual(beside)
    expect(await asks({ pick: 'Away from a container…' }, web)).toEqual({ ...beside, affinities: ['container!=web'] })
    const typed = { input: 'node!=miltitz image==~nginx' }
    expect(await asks({ pick: 'Constraints and affinities…' }, typed)).toEqual({
      constraints: ['node!=miltitz'],
      affinities: ['image==~nginx'],
    })
  })

  it('refuses what no node fulfils while it is typed, and sends nothing', async () => {
    const answers: readonly Answer[] = [{ pick: 'Constraints and affinities…' }, { input: 'node==nowhere' }, 'leave']
    const world = new CommandWorld({ fleet: aClassicFleet(), answers })
    await world.run(runContainer, gnswarm)
    expect(world.ui.problems).toEqual(['No node is called nowhere: there are tolkewitz, lindenau and miltitz.'])
    expect(world.changes).toEqual([])
  })
})
